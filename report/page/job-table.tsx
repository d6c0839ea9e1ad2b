import type { ReportData } from "../report-data";
import { compared } from "./chart-view";
import { shortId } from "./curve-data";
import { count, figure, moment, percent, usd } from "./format";
import { hyperparameterNames, type JobRow, jobRows } from "./job-rows";
import { statusBadge } from "./progress";

/** Jobs of the account beside the report's own: settings, results, price, and a switch that draws their curves. */
export function JobTable({ report }: { report: ReportData }) {
  if (report.otherJobs.length === 0) return null;
  const rows = jobRows(report);
  const names = hyperparameterNames(rows);
  const results = resultColumns(rows);
  return (
    <section class="stack" aria-labelledby="compare">
      <h3 id="compare">Compare with other jobs</h3>
      <p class="muted small">
        Select a job to draw its training and validation curves.
        {rows.some(({ billed }) => billed && billed.usd === undefined) && ` ${UNPRICED}`}
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Jobs">
        <table class="jobs" aria-labelledby="compare">
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">State</th>
              <th scope="col">Submitted</th>
              {[...names.map(spaced), ...results.map(([name]) => name)].map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
              <th scope="col">Base model</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} {...{ row, names, results }} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const UNPRICED =
  "A job has no price here if the service doesn't report its training type or the price list doesn't include it.";

type Column = [name: string, of: (row: JobRow) => string];

const losses: Column[] = [
  ["Training loss, last epoch", (row) => figure(row.trainingLoss)],
  ["Validation loss", (row) => figure(row.validationLoss)],
  ["Best validation loss", (row) => figure(row.bestValidationLoss)],
  ["Validation accuracy", (row) => percent(row.validationAccuracy)],
];

const rewards: Column[] = [
  ["Training reward, last epoch", (row) => figure(row.trainingReward)],
  ["Validation reward", (row) => figure(row.validationReward)],
  ["Best validation reward", (row) => figure(row.bestValidationReward)],
];

/** Losses, rewards or both, by what the jobs report. */
function resultColumns(rows: JobRow[]): Column[] {
  const rewarded = rows.some(({ trainingReward }) => trainingReward !== undefined);
  const lost = !rewarded || rows.some(({ trainingLoss }) => trainingLoss !== undefined);
  return [
    ["Steps", ({ steps }) => (steps === 0 ? "–" : count(steps))],
    ...(lost ? losses : []),
    ...(rewarded ? rewards : []),
    ["Tokens billed", ({ billed }) => (billed ? count(billed.tokens) : "–")],
    ["Price", ({ billed }) => (billed?.usd === undefined ? "–" : usd(billed.usd))],
  ];
}

function Row({ row, names, results }: { row: JobRow; names: string[]; results: Column[] }) {
  const cells = [...names.map((name) => setting(row.hyperparameters[name])), ...results.map(([, of]) => of(row))];
  return (
    <tr class={row.own ? "chosen" : undefined}>
      <th scope="row">
        <JobName row={row} />
      </th>
      <td>
        <span class={`badge ${statusBadge(row.status)}`}>{row.status}</span>
      </td>
      <td class="date">{moment(row.createdAt)}</td>
      {cells.map((cell, index) => (
        <td key={index} class="number">
          {cell}
        </td>
      ))}
      <td>
        <code>{row.baseModel}</code>
      </td>
    </tr>
  );
}

function JobName({ row: { id, own, drawable } }: { row: JobRow }) {
  const name = <code title={id}>{shortId(id)}</code>;
  if (own) {
    return (
      <>
        {name} <span class="badge">this job</span>
      </>
    );
  }
  if (!drawable) return name;
  const toggle = () => {
    const before = compared.value;
    compared.value = before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
  };
  return (
    <label class="control">
      <input type="checkbox" checked={compared.value.includes(id)} onChange={toggle} /> {name}
    </label>
  );
}

/** `n_epochs` -> `Epochs`, `learning_rate_multiplier` -> `Learning rate multiplier` */
function spaced(name: string): string {
  const words = name.replace(/^n_/, "").replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function setting(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (value === -1) return "auto";
  return typeof value === "number" || typeof value === "string" ? String(value) : JSON.stringify(value);
}
