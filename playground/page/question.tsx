import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ask } from "./ask";
import { composing } from "./composer";
import { branchesAt, busy, showBranch } from "./turns";

/** A question: it can be asked again, changed; what followed the old one is kept beside it. */
export function Question({ text, index }: { text: string; index: number }) {
  const [editing, setEditing] = useState(false);
  if (editing) return <Editor text={text} index={index} close={() => setEditing(false)} />;
  return (
    <div class="asked">
      <p class="question">
        <span class="visually-hidden">You: </span>
        {text}
      </p>
      <div class="row end">
        <BranchSwitch index={index} />
        <button type="button" class="small-button" disabled={busy.value} onClick={() => setEditing(true)}>
          Edit<span class="visually-hidden"> question {index + 1}</span>
        </button>
      </div>
    </div>
  );
}

/** Leads to other questions asked at the same place, with what followed them. */
function BranchSwitch({ index }: { index: number }) {
  const { turns, shown } = branchesAt(index).value;
  if (turns.length < 2) return null;
  return (
    <span class="row branches" role="group" aria-label={`Versions of question ${index + 1}`}>
      <Arrow label="Previous version" sign="‹" index={index} to={shown - 1} end={shown === 0} />
      <span class="small">
        {shown + 1} of {turns.length}
      </span>
      <Arrow label="Next version" sign="›" index={index} to={shown + 1} end={shown === turns.length - 1} />
    </span>
  );
}

function Arrow({
  label,
  sign,
  index,
  to,
  end,
}: {
  label: string;
  sign: string;
  index: number;
  to: number;
  end: boolean;
}) {
  return (
    <button
      type="button"
      class="small-button"
      aria-label={`${label} of question ${index + 1}`}
      disabled={busy.value || end}
      onClick={() => showBranch(index, to)}
    >
      {sign}
    </button>
  );
}

function Editor({ text, index, close }: { text: string; index: number; close: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  // Before the next key comes, which is the question's.
  useLayoutEffect(() => {
    field.current!.focus();
    field.current!.setSelectionRange(text.length, text.length);
  }, []);
  const send = () => {
    const { value } = field.current!;
    if (value.trim() === "" || busy.value) return;
    close();
    void ask(value, index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };
  return (
    <form
      class="asked editor"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea ref={field} rows={2} aria-label={`Question ${index + 1}`} defaultValue={text} onKeyDown={onKeyDown} />
      <div class="row end">
        <span class="muted small spring">The old question and its answers are kept as a version.</span>
        <button type="button" class="small-button" onClick={close}>
          Cancel
        </button>
        <button type="submit" class="small-button primary" disabled={busy.value}>
          Ask again
        </button>
      </div>
    </form>
  );
}
