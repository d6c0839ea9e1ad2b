import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { ask, stop } from "./ask";
import { composerId } from "./shortcuts";
import { busy } from "./turns";

interface ComposerProps {
  disabled: boolean;
  children: ComponentChildren;
}

/** Where there is no keyboard, its keys are no help. */
const touch = matchMedia("(pointer: coarse)");

/** Where the question is written. Enter sends it, Shift+Enter makes a line, Escape stops the answer. */
export function Composer({ disabled, children }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const send = () => {
    const { value } = field.current!;
    if (busy.value || value.trim() === "") return;
    field.current!.value = "";
    void ask(value);
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
        disabled={disabled}
        autofocus
      />
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
        {/* Last for the Tab key, first for the eye: the first Tab from the message must not lead to what removes the conversation. */}
        {children}
      </div>
    </form>
  );
}

/** While an input method composes (Japanese, Chinese, Korean), Enter takes the candidate. Safari ends the composition before this event: 229. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
