import { useRef } from "preact/hooks";
import { composerId } from "./composer";
import { clear, regenerate, stop } from "./conversation";

const shortcuts: [string, string][] = [
  ["Enter", "send the message"],
  ["Shift+Enter", "new line in the message"],
  ["Esc", "stop the answer"],
  ["/", "go to the message"],
  ["Alt+R", "regenerate the last answer"],
  ["Alt+N", "new conversation"],
  ["Alt+1, Alt+2", "chat, training report"],
  ["Alt+Up, Alt+Down", "move the few-shot example"],
];

/** Shortcuts by the key's place, since Alt changes the letter on some systems. */
const byPlace: Record<string, () => void> = {
  KeyR: () => void regenerate(),
  KeyN: () => {
    clear();
    focusComposer();
  },
  Digit1: () => (location.hash = "chat"),
  Digit2: () => (location.hash = "report"),
};

/** Keys that work everywhere on the page; a dialog and a text that is being composed keep theirs. */
export function listenToKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") stop();
    else if (event.altKey && byPlace[event.code]) {
      event.preventDefault();
      byPlace[event.code]!();
    } else if (event.key === "/" && !isField(event.target)) {
      event.preventDefault();
      focusComposer();
    }
  });
}

export function ShortcutsButton() {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" class="quiet keys-button" onClick={() => dialog.current!.showModal()}>
        Keys
      </button>
      <dialog ref={dialog} aria-labelledby="keys-title">
        <h2 id="keys-title">Keys</h2>
        <dl class="keys">
          {shortcuts.map(([keys, does]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog" class="row end">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  );
}

function focusComposer(): void {
  document.getElementById(composerId)?.focus();
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);
}
