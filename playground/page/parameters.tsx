import { useId, useRef } from "preact/hooks";
import { change, settings } from "./conversation";
import { outOfRange, type Parameter, parameters, readNumber } from "./parameter-values";

/** How the answer is sampled. */
export function Parameters() {
  return (
    <fieldset>
      <legend>Parameters</legend>
      <div class="parameters">
        {parameters.map((parameter) => (
          <ParameterField key={parameter.key} parameter={parameter} />
        ))}
      </div>
    </fieldset>
  );
}

/**
 * The field keeps what is typed, key by key: on the way to 0.95 stand 0, "0." and 0.9. It is written to only when the setting changes
 * elsewhere. A text that is no number in range stays, marked with the range, and isn't sent.
 */
function ParameterField({ parameter }: { parameter: Parameter }) {
  const { key, label, hint, whole } = parameter;
  const id = useId();
  const text = useRef<string | undefined>(undefined);
  const value = settings.value[key];
  if (text.current === undefined || (!wrongNow(text.current) && readNumber(parameter, text.current) !== value)) {
    text.current = value === undefined ? "" : String(value);
  }
  const wrong = wrongNow(text.current);
  return (
    <div class="field">
      <label for={id}>
        {label} <span class="muted small">{hint}</span>
      </label>
      <input
        id={id}
        type="text"
        inputMode={whole ? "numeric" : "decimal"}
        autocomplete="off"
        placeholder="default"
        value={text.current}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onInput={({ currentTarget }) => {
          text.current = currentTarget.value;
          change({ [key]: readNumber(parameter, currentTarget.value) });
        }}
      />
      {wrong && (
        <span class="wrong small" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </div>
  );

  function wrongNow(typed: string): string | undefined {
    return outOfRange(parameter, typed);
  }
}
