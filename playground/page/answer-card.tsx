import type { Signal } from "@preact/signals";
import { count, duration, usd } from "../../report/page/format";
import type { AnswerFacts, Setup } from "../api";
import { ActionButton } from "./action-button";
import { continueAnswer, regenerate } from "./ask";
import { CopyMenu } from "./copy-menu";
import { FilterNotice } from "./filter-notice";
import { Markdown } from "./markdown";
import { ProblemNotice } from "./problem-notice";
import { openSave } from "./save-dialog";
import { focusComposer } from "./shortcuts";
import { OpenCalls, PastRounds } from "./tool-calls";
import { type Answer, busy, callOf, type Turn } from "./turns";

interface AnswerCardProps {
  answer: Signal<Answer>;
  setup: Setup;
  turn: Turn;
  last: boolean;
}

/** One deployment's answer, what it took, and what can be done with it. */
export function AnswerCard({ answer, setup, turn, last }: AnswerCardProps) {
  const { deployment, state, text, rounds, facts, problem, parameters } = answer.value;
  const { kind, api = "v1" } = setup.deployments.find(({ name }) => name === deployment) ?? {};
  const streaming = state === "streaming";
  const calls = facts?.toolCalls;
  const place = { api, endpoint: setup.endpoints[api], keyless: setup.keyless };
  return (
    <article class="answer" aria-label={`Answer of ${deployment}`} aria-busy={streaming}>
      <header class="small">
        <b>{deployment}</b> {kind && <span class="muted">{kind === "base" ? "base model" : kind}</span>}
      </header>
      <PastRounds rounds={rounds} />
      {text !== "" && (
        <div class="text">
          {parameters.responseFormat ? <pre tabIndex={0}>{text}</pre> : <Markdown text={text} streaming={streaming} />}
        </div>
      )}
      {streaming && <p class="cursor muted small">{text === "" ? "Waiting for the first token …" : "…"}</p>}
      {state === "stopped" && <p class="muted small">Stopped.</p>}
      {calls && <OpenCalls turn={turn} answer={answer} calls={calls} />}
      {problem && <ProblemNotice problem={problem} />}
      {problem?.filter && <FilterNotice filter={{ prompt: problem.filter }} open />}
      {facts?.finishReason === "content_filter" && (
        <p class="notice warning" role="alert">
          The content filter ended the answer{text === "" ? " before its first word" : ""}. Change the question, or see
          which category it was below.
        </p>
      )}
      {facts && <Facts facts={facts} />}
      {facts?.filter && <FilterNotice filter={facts.filter} open={facts.finishReason === "content_filter"} />}
      {!streaming && (
        <footer class="row">
          {rounds.length > 0 && state !== "done" && (
            <ActionButton unavailable={busy.value} onClick={() => void continueAnswer(turn, answer)}>
              Send the results again
            </ActionButton>
          )}
          {last && (
            <ActionButton
              unavailable={busy.value}
              onClick={() => {
                // The answer is replaced, and this button with it.
                focusComposer();
                void regenerate();
              }}
            >
              Regenerate
            </ActionButton>
          )}
          <CopyMenu call={() => callOf(turn, answer.value)} place={place} text={text} />
          {text !== "" && (
            <button type="button" class="small-button" onClick={() => openSave(turn, answer.value)}>
              Save as example
            </button>
          )}
        </footer>
      )}
    </article>
  );
}

function Facts({ facts: { tokens, firstMs, totalMs, usd: cost, finishReason } }: { facts: AnswerFacts }) {
  const parts = [
    tokens && `${count(tokens.prompt)} tokens in, ${count(tokens.completion)} out`,
    `first token ${duration(firstMs)} · total ${duration(totalMs)}`,
    cost === undefined ? "no price in the catalog" : usd(cost),
    finishReason === "length" ? "ended at max tokens" : undefined,
  ];
  return <p class="facts muted small">{parts.filter(Boolean).join(" · ")}</p>;
}
