import { useId } from "preact/hooks";

interface JsonFieldProps {
  label: string;
  hint: string;
  value: string;
  /** Why it isn't sent. */
  wrong: string | undefined;
  rows: number;
  change: (text: string) => void;
  placeholder?: string;
}

/** A text that means something: it stays as it is typed, and says below it why it isn't sent. */
export function JsonField({ label, hint, value, wrong, rows, change, placeholder }: JsonFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>
        {label} <span class="muted small">{hint}</span>
      </label>
      <textarea
        id={id}
        class="json"
        rows={rows}
        spellcheck={false}
        autocomplete="off"
        placeholder={placeholder}
        value={value}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
      {wrong && (
        <span class="wrong small" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </div>
  );
}
