import { useRef, useState } from "preact/hooks";
import type { ChatCall } from "../api";
import { copied } from "./clipboard";
import { languages, type Place, snippet } from "./snippets";

interface CopyMenuProps {
  /** What was asked. */
  call: () => ChatCall;
  place: Place;
  /** The answer itself. */
  text: string;
}

/** Copies the answer, or code that asks the same. */
export function CopyMenu({ call, place, text }: CopyMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  const [said, say] = useState("");
  const copy = async (what: string, content: string) => {
    menu.current!.open = false;
    menu.current!.querySelector("summary")!.focus();
    say((await copied(content)) ? `${what} copied` : "The browser doesn't let this page copy");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !menu.current!.open) return;
    event.stopPropagation();
    menu.current!.open = false;
    menu.current!.querySelector("summary")!.focus();
  };
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget && !menu.current!.contains(relatedTarget as Node)) menu.current!.open = false;
  };
  return (
    <>
      <details class="menu" ref={menu} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
        <summary>Copy as</summary>
        <div class="menu-items">
          {languages.map((language) => (
            <button
              key={language}
              type="button"
              class="quiet"
              onClick={() => void copy(language, snippet(language, call(), place))}
            >
              {language}
            </button>
          ))}
          <button type="button" class="quiet" onClick={() => void copy("Text", text)}>
            Text
          </button>
        </div>
      </details>
      <span role="status" class="muted small">
        {said}
      </span>
    </>
  );
}
