import type { EvaluationSummary } from "../../../evaluation/result";
import { interval, score, share, signedScore } from "../../../format/score";
import { count, usd } from "../format";
import { rolesOf } from "./roles";

const NOTHING = "–";
const GAIN = ["Candidate's gain", "95% interval", "Wins", "Ties", "Losses", "Clearly worse"];

/** The models beside each other: the candidate first, and how it does against each of the others. */
export function ModelTable({ summary, served }: { summary: EvaluationSummary; served: string | undefined }) {
  const { models, comparisons } = summary;
  const compared = comparisons.length > 0;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Models that were evaluated">
      <table class="models">
        <thead>
          <tr>
            <th scope="col">Model</th>
            {["Mean score", "95% interval"].map(head)}
            {compared && GAIN.map(head)}
            {["Cost of the answers"].map(head)}
          </tr>
        </thead>
        <tbody>
          {models.map((model, place) => (
            <tr key={model.name}>
              <th scope="row">
                <span class="model-name">{model.name}</span>
                {rolesOf(summary, place, served).map((role) => (
                  <span key={role} class="badge">
                    {role}
                  </span>
                ))}
                {model.model !== model.name && <code class="muted">{model.model}</code>}
              </th>
              <td class="number" data-column="Mean score">
                <b>{score(model.score.mean)}</b>
              </td>
              <td class="number" data-column="95% interval">
                {interval(model.score)}
              </td>
              {compared && gainCells(comparisons[place - 1])}
              <td class="number" data-column="Cost of the answers">
                {model.usd === undefined ? "price unknown" : usd(model.usd)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function head(name: string, place: number) {
  return (
    <th key={`${name} ${place}`} scope="col" class="number">
      {name}
    </th>
  );
}

/** Of the candidate itself there are none. */
function gainCells(comparison: EvaluationSummary["comparisons"][number] | undefined) {
  const cells = comparison
    ? [
        signedScore(comparison.difference.mean),
        interval(comparison.difference, signedScore),
        ...[comparison.wins, comparison.ties, comparison.losses].map(count),
        share(comparison.regressions.mean),
      ]
    : GAIN.map(() => NOTHING);
  return cells.map((cell, place) => (
    <td key={place} class={cell === NOTHING ? "number nothing" : "number"} data-column={GAIN[place]}>
      {cell}
    </td>
  ));
}
