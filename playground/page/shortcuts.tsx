import { useRef } from "preact/hooks";
import { clear, regenerate, stop } from "./ask";

export const composerId = "message";

const shortcuts: [string, string][] = [
  ["Enter", "send the message"],
  ["Shift+Enter", "new line in the message"],
  ["Esc", "stop the answer, or stop editing a question"],
  ["/", "go to the message"],
  ["Alt+R", "regenerate the last answer"],
  ["Alt+N", "new conversation"],
  ["Alt+1, Alt+2", "chat, training report"],
  ["Alt+Up, Alt+Down", "move the few-shot example"],
];

/** Shortcuts by the key's place, since Alt changes the letter on some systems. */
const byPlace: Record<string, () => void> = {
  KeyR: () => void regenerate(),
  KeyN: startOver,
  Digit1: () => (location.hash = "chat"),
  Digit2: () => (location.hash = "report"),
};

/** Keys that work everywhere on the page; a dialog and a text that is being composed keep theirs. */
export function listenToKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      stop();
    } else if (event.altKey && byPlace[event.code] && !types(event)) {
      event.preventDefault();
      byPlace[event.code]!();
    } else if (event.key === "/" && !isField(event.target)) {
      event.preventDefault();
      focusComposer();
    }
  });
}

/** Whether the key writes something into a field: `@` by AltGr+2 in Spain, `~` by Option+N on a Mac. */
function types({ key, code, ctrlKey, target }: KeyboardEvent): boolean {
  return isField(target) && (ctrlKey || key.toUpperCase() !== code.replace(/^(Key|Digit)/, ""));
}

export function ShortcutsButton() {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" class="small-button keys-button" onClick={() => dialog.current!.showModal()}>
        Shortcuts
      </button>
      <dialog ref={dialog} aria-labelledby="keys-title">
        <h2 id="keys-title">Keyboard shortcuts</h2>
        <p class="muted small">
          On a Mac, where Option types characters, the shortcuts with Alt work only outside text fields.
        </p>
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
        <form method="dialog">
          <div class="row end">
            <button type="submit">Close</button>
          </div>
        </form>
      </dialog>
    </>
  );
}

/** An empty conversation, ready to be written in; the old one can be brought back. */
export function startOver(): void {
  clear();
  focusComposer();
}

/** Where the next key is likely meant to go, when what had the focus is gone. */
export function focusComposer(): void {
  document.getElementById(composerId)?.focus();
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);
}
