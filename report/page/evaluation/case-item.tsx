import { score, signedScore } from "../../../format/score";
import { outcomeOf } from "../../../evaluation/statistics/difference";
import type { ShownAnswer } from "../../evaluation/shown-cases";
import { questionText, textOf } from "./case-text";
import type { ComparedCase } from "./list-cases";

export interface CaseItemProps {
  one: ComparedCase;
  /** Names of the models, the candidate's first. */
  models: string[];
  /** Place of the model that `one` is compared with. */
  other: number;
}

const tones = { win: "good", tie: "muted", loss: "bad" } as const;

/** A case in a line, and opened with everything: prompt, reference, the answers side by side with their grades. */
export function CaseItem({ one: { shown, difference }, models, other }: CaseItemProps) {
  const compared = other < models.length;
  const figure = compared ? signedScore(difference) : score(shown.answers[0]?.score ?? 0);
  return (
    <details class="case">
      <summary>
        <span class={`case-figure ${compared ? tones[outcomeOf(difference)] : ""}`}>{figure}</span>
        <span class="case-line">line {shown.line}</span>
        <span class="case-question">{questionText(shown)}</span>
      </summary>
      <CaseTexts one={shown} models={inOrder(models, other)} />
    </details>
  );
}

/** The candidate, the one that it is compared with, then the others. */
function inOrder(models: string[], other: number): { name: string; place: number }[] {
  const all = models.map((name, place) => ({ name, place }));
  const rank = ({ place }: { place: number }) => (place === 0 ? 0 : place === other ? 1 : 2);
  return all.sort((a, b) => rank(a) - rank(b));
}

function CaseTexts({ one, models }: { one: ComparedCase["shown"]; models: { name: string; place: number }[] }) {
  const { messages, reference, answers } = one;
  return (
    <div class="case-texts">
      {messages && (
        <section class="case-prompt">
          <h4>Prompt</h4>
          {messages.map((message, turn) => (
            <p key={turn} class="case-text">
              <span class="muted small">{message.role}</span> {textOf(message)}
            </p>
          ))}
        </section>
      )}
      {messages && (
        <section class="case-reference">
          <h4>Reference</h4>
          <p class={reference === undefined ? "muted" : "case-text"}>{reference ?? "none"}</p>
        </section>
      )}
      {models.map(({ name, place }) => (
        <Answer key={place} name={name} answer={answers[place]!} />
      ))}
    </div>
  );
}

function Answer({ name, answer: { text, score: grade, parts = {}, problem } }: { name: string; answer: ShownAnswer }) {
  return (
    <section>
      <h4>
        {name} <span class="badge">{score(grade)}</span>
      </h4>
      {text !== undefined && <p class={text === "" ? "muted" : "case-text"}>{text === "" ? "no text" : text}</p>}
      {problem && <p class="case-problem">{problem}</p>}
      {Object.keys(parts).length > 0 && (
        <dl class="figures">
          {Object.entries(parts).map(([grader, value]) => (
            <div key={grader}>
              <dt>{grader}</dt>
              <dd>{score(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
