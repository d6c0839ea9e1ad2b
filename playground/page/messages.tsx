import { useLayoutEffect, useRef } from "preact/hooks";
import type { Setup } from "../api";
import { AnswerCard } from "./answer-card";
import { ask, putAway, undoClear } from "./ask";
import { Question } from "./question";
import { focusComposer } from "./shortcuts";
import { turns } from "./turns";

/** How near to the end the reader must be for the page to follow new text, in pixels. */
const near = 80;

/** The questions with their answers; two deployments answer side by side. */
export function Messages({ setup }: { setup: Setup }) {
  const list = useRef<HTMLOListElement>(null);
  const { length } = turns.value;
  const begun = length > 0;
  useLayoutEffect(() => (begun ? follow(list.current!) : undefined), [begun]);
  useLayoutEffect(() => void list.current?.scrollTo({ top: list.current.scrollHeight }), [length]);
  if (!begun) {
    return (
      <div class="empty">
        <p class="muted">
          Ask the model something. It gets the system message and the few-shot examples of the setup first, then the
          conversation.
        </p>
        <button
          type="button"
          class="starter"
          onClick={() => {
            focusComposer();
            void ask(setup.question);
          }}
        >
          {setup.question}
        </button>
        {putAway.value && (
          <p class="notice row" role="status">
            New conversation started.
            <button
              type="button"
              class="small-button"
              onClick={() => {
                undoClear();
                focusComposer();
              }}
            >
              Undo
            </button>
          </p>
        )}
      </div>
    );
  }
  return (
    <ol class="messages" ref={list} tabIndex={0} aria-label="Messages">
      {/* By place: another version keeps the focus on the arrow that led to it. */}
      {turns.value.map((turn, index) => (
        <li key={index} class="turn">
          <Question turn={turn} index={index} />
          <div class={`answers of-${turn.answers.length}`}>
            {turn.answers.map((answer) => (
              <AnswerCard key={answer} answer={answer} setup={setup} turn={turn} last={index === length - 1} />
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Keeps the end in sight while text comes, unless the reader has scrolled away from it. */
function follow(list: HTMLElement): () => void {
  let atEnd = true;
  let top = list.scrollTop;
  const onScroll = () => {
    // Text that comes moves the end away, too; only the reader moves the place up.
    if (list.scrollTop < top) atEnd = false;
    if (list.scrollHeight - list.scrollTop - list.clientHeight < near) atEnd = true;
    top = list.scrollTop;
  };
  // Whoever edits a question looks at it.
  const follows = () => atEnd && !list.querySelector(".editor");
  const observer = new MutationObserver(() => follows() && list.scrollTo({ top: list.scrollHeight }));
  list.addEventListener("scroll", onScroll);
  observer.observe(list, { subtree: true, childList: true, characterData: true });
  return () => {
    list.removeEventListener("scroll", onScroll);
    observer.disconnect();
  };
}
