import type { Signal } from "@preact/signals";
import { count, duration, usd } from "../../report/page/format";
import type { AnswerFacts, Setup } from "../api";
import { type Answer, busy, callOf, regenerate, type Turn } from "./conversation";
import { CopyMenu } from "./copy-menu";
import { ProblemNotice } from "./problem-notice";
import { openSave } from "./save-dialog";

interface AnswerCardProps {
  answer: Signal<Answer>;
  setup: Setup;
  turn: Turn;
  last: boolean;
}

/** One deployment's answer, what it took, and what can be done with it. */
export function AnswerCard({ answer, setup, turn, last }: AnswerCardProps) {
  const { deployment, state, text, facts, problem } = answer.value;
  const kind = setup.deployments.find(({ name }) => name === deployment)?.kind;
  return (
    <article class="answer" aria-label={`Answer of ${deployment}`} aria-busy={state === "streaming"}>
      <header class="small">
        <b>{deployment}</b> {kind && <span class="muted">{kind === "base" ? "base model" : kind}</span>}
      </header>
      {text !== "" && <p class="text">{text}</p>}
      {state === "streaming" && <p class="cursor muted small">{text === "" ? "Waiting for the first word …" : "…"}</p>}
      {state === "stopped" && <p class="muted small">Stopped.</p>}
      {problem && <ProblemNotice problem={problem} />}
      {facts && <Facts facts={facts} />}
      {state !== "streaming" && (
        <footer class="row">
          {last && (
            <button type="button" class="quiet" disabled={busy.value} onClick={() => void regenerate()}>
              Regenerate
            </button>
          )}
          <CopyMenu call={() => callOf(turn, answer.value)} place={setup} text={text} />
          {text !== "" && (
            <button type="button" class="quiet" onClick={() => openSave(deployment, turn.id)}>
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
    finishReason === "length" ? "cut off at max tokens" : undefined,
    finishReason === "content_filter" ? "cut off by the content filter" : undefined,
  ];
  return <p class="facts muted small">{parts.filter(Boolean).join(" · ")}</p>;
}
