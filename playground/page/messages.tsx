import { useLayoutEffect, useRef } from "preact/hooks";
import type { Setup } from "../api";
import { AnswerCard } from "./answer-card";
import { turns } from "./conversation";

/** How near to the end the reader must be for the page to follow new text, in pixels. */
const near = 80;

/** The questions with their answers; two deployments answer side by side. */
export function Messages({ setup }: { setup: Setup }) {
  const list = useRef<HTMLOListElement>(null);
  const { length } = turns.value;
  useLayoutEffect(() => follow(list.current!), []);
  useLayoutEffect(() => void list.current!.scrollTo({ top: list.current!.scrollHeight }), [length]);
  if (length === 0) {
    return (
      <div class="empty muted" ref={list as never}>
        <p>
          Ask the model something. It gets the system message and the examples of the set-up first, then the
          conversation.
        </p>
      </div>
    );
  }
  return (
    <ol class="messages" ref={list} tabIndex={0} aria-label="Messages">
      {turns.value.map(({ id, question, answers }) => (
        <li key={id} class="turn">
          <p class="question">
            <span class="visually-hidden">You: </span>
            {question}
          </p>
          <div class={`answers of-${answers.length}`}>
            {answers.map((answer) => (
              <AnswerCard
                key={answer.value.deployment}
                answer={answer}
                setup={setup}
                turn={id}
                last={id === length - 1}
              />
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
  const onScroll = () => (atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < near);
  const observer = new MutationObserver(() => atEnd && list.scrollTo({ top: list.scrollHeight }));
  list.addEventListener("scroll", onScroll);
  observer.observe(list, { subtree: true, childList: true, characterData: true });
  return () => {
    list.removeEventListener("scroll", onScroll);
    observer.disconnect();
  };
}
