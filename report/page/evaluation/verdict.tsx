import { checkInWords, verdictInWords } from "../../../evaluation/results/in-words";
import { counted } from "../../../format/count";
import { moment } from "../../../format/moment";
import type { EvaluationFacts } from "../../report-data";
import { usd } from "../format";

/** Whether the candidate passed, each condition with what was measured, and what to know of the figures. */
export function Verdict({ evaluation: { evaluatedAt, summary } }: { evaluation: EvaluationFacts }) {
  const { verdict, cases, grader, spentUsd, warnings } = summary;
  const judged = verdict.checks.length > 0;
  const badge = !judged ? "" : verdict.passed ? "good" : "bad";
  return (
    <>
      <p class="verdict">
        <span class={`badge ${badge}`}>{verdictInWords(verdict)}</span>{" "}
        <span class="muted">
          {counted(cases.count, "case")}, graded by {grader.title} · {moment(evaluatedAt)}
          {spentUsd !== undefined && ` · this run cost ${usd(spentUsd)}`}
        </span>
      </p>
      {judged && (
        <ul class="rules" aria-label="Rules">
          {verdict.checks.map((check) => (
            <li key={`${check.rule} ${check.against}`}>
              <span class={`badge ${check.passed ? "good" : "bad"}`}>{check.passed ? "met" : "not met"}</span>{" "}
              {checkInWords(check)}
            </li>
          ))}
        </ul>
      )}
      {warnings.map((warning) => (
        <p key={warning} class="notice warning small">
          {warning}
        </p>
      ))}
    </>
  );
}
