import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ChatImage } from "../../azure-openai/chat-types";
import { ActionButton } from "./action-button";
import { AddImages, type ImageDraft, ImagesNote, pastedImages } from "./add-images";
import { ask } from "./ask";
import { composing } from "./composer";
import { Images } from "./images";
import { focusComposer } from "./shortcuts";
import { branchesAt, busy, imagesBefore, showBranch, type Turn } from "./turns";

/** A question: it can be asked again, changed; what followed the old one is kept beside it. */
export function Question({ turn: { question: text, images }, index }: { turn: Turn; index: number }) {
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLSpanElement>(null);
  const left = useRef(false);
  useLayoutEffect(() => {
    // The editor is gone, and its focus with it.
    if (!editing && left.current) edit.current?.querySelector("button")?.focus();
    left.current = false;
  }, [editing]);
  const cancel = () => {
    left.current = true;
    setEditing(false);
  };
  if (editing)
    return <Editor text={text} images={images} index={index} close={() => setEditing(false)} cancel={cancel} />;
  return (
    <div class="asked">
      <Images images={images} />
      <p class="question">
        <span class="visually-hidden">You: </span>
        {text}
      </p>
      <div class="row end">
        <BranchSwitch index={index} />
        <span ref={edit}>
          <ActionButton unavailable={busy.value} onClick={() => setEditing(true)}>
            Edit<span class="visually-hidden"> question {index + 1}</span>
          </ActionButton>
        </span>
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
    <ActionButton
      label={`${label} of question ${index + 1}`}
      unavailable={busy.value || end}
      onClick={() => showBranch(index, to)}
    >
      {sign}
    </ActionButton>
  );
}

interface EditorProps {
  text: string;
  images: ChatImage[];
  index: number;
  close: () => void;
  /** Closes it too, and nothing is asked. */
  cancel: () => void;
}

function Editor({ text, images, index, close, cancel }: EditorProps) {
  const [draft, setDraft] = useState<ImageDraft>({ images });
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
    // Where the next question is written: the answer comes below it.
    focusComposer();
    void ask(value, draft.images, index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      cancel();
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
      <textarea
        ref={field}
        rows={2}
        aria-label={`Question ${index + 1}`}
        defaultValue={text}
        onKeyDown={onKeyDown}
        onPaste={(event) => void pastedImages(event, draft, imagesBefore(index)).then((next) => next && setDraft(next))}
      />
      <Images
        images={draft.images}
        remove={(at) => {
          setDraft({ images: draft.images.filter((_, other) => other !== at) });
          field.current!.focus();
        }}
      />
      <ImagesNote {...draft} />
      <div class="row end">
        <AddImages draft={draft} before={imagesBefore(index)} change={setDraft} done={() => field.current?.focus()} />
        <span class="muted small spring">The old question and its answers are kept as a version.</span>
        <button type="button" class="small-button" onClick={cancel}>
          Cancel
        </button>
        <button type="submit" class="small-button primary" disabled={busy.value}>
          Ask again
        </button>
      </div>
    </form>
  );
}
