import { useState } from "preact/hooks";
import type { ChatCall } from "../api";
import { copied } from "./clipboard";
import { Menu } from "./menu";
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
  const [said, say] = useState("");
  const copy = async (what: string, content: string) =>
    say((await copied(content)) ? `${what} copied` : "The browser doesn't let this page copy");
  const items: [what: string, content: () => string][] = [
    ...languages.map((language): [string, () => string] => [language, () => snippet(language, call(), place)]),
    ["Text", () => text],
  ];
  return (
    <>
      <Menu label="Copy as">
        {(close) =>
          items.map(([what, content]) => (
            <button
              key={what}
              type="button"
              class="quiet"
              onClick={() => {
                close();
                void copy(what, content());
              }}
            >
              {what}
            </button>
          ))
        }
      </Menu>
      <span role="status" class="muted small">
        {said}
      </span>
    </>
  );
}
