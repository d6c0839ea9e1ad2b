import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { AddImages, type ImageDraft, ImagesNote, pastedImages } from "./add-images";
import { ask, stop } from "./ask";
import { Images } from "./images";
import { composerId, focusComposer } from "./shortcuts";
import { busy, imagesBefore } from "./turns";

interface ComposerProps {
  disabled: boolean;
  children: ComponentChildren;
}

/** Where there is no keyboard, its keys are no help. */
const touch = matchMedia("(pointer: coarse)");

const noImages: ImageDraft = { images: [] };

/** Where the question is written. Enter sends it, Shift+Enter makes a line, Escape stops the answer. */
export function Composer({ disabled, children }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<ImageDraft>(noImages);
  const send = () => {
    const { value } = field.current!;
    if (busy.value) return;
    if (value.trim() === "") {
      if (draft.images.length > 0) setDraft({ ...draft, wrong: "Write a message to go with the image." });
      return;
    }
    field.current!.value = "";
    setDraft(noImages);
    void ask(value, draft.images);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || composing(event)) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label class="visually-hidden" for={composerId}>
        User message
      </label>
      <textarea
        id={composerId}
        ref={field}
        rows={2}
        placeholder={touch.matches ? "Ask something" : "Ask something. Enter sends, Shift+Enter starts a new line."}
        onKeyDown={onKeyDown}
        onPaste={(event) => void pastedImages(event, draft, imagesBefore()).then((next) => next && setDraft(next))}
        disabled={disabled}
        autofocus
      />
      <Images
        images={draft.images}
        remove={(index) => {
          setDraft({ images: draft.images.filter((_, at) => at !== index) });
          focusComposer();
        }}
      />
      <ImagesNote {...draft} />
      <div class="row actions">
        <span class="spring" />
        {busy.value ? (
          <button type="button" onClick={stop}>
            Stop <kbd>Esc</kbd>
          </button>
        ) : (
          <button type="submit" class="primary" disabled={disabled}>
            Send
          </button>
        )}
        {/* After Send for the Tab key, before it for the eye: the first Tab from the message must not lead to what removes the conversation. */}
        <AddImages draft={draft} before={imagesBefore()} change={setDraft} done={focusComposer} />
        {children}
      </div>
    </form>
  );
}

/** While an input method composes (Japanese, Chinese, Korean), Enter takes the candidate. Safari ends the composition before this event: 229. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
