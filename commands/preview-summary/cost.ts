import { usd } from "./money";
import { type Estimate, estimateIn, type Pipeline, trains } from "./pipeline";

/** Training cost and hosting, before and after, as lines of Markdown. */
export function costSection(pipeline: Pipeline): string[] {
  const { cost } = pipeline;
  if (!cost) return [];
  const before = cost.operation === "create" ? undefined : estimateIn(cost.old);
  const after = cost.operation === "delete" ? undefined : estimateIn(cost.new);
  if (!before && !after) return [];
  const job = trains(pipeline.job);
  return [
    "### Cost",
    "",
    job ? `This change includes one training run: ${trainingOf(after)}.` : "This change has no training cost.",
    "",
    "| | Before | After |",
    "| --- | --- | --- |",
    `| One training run | ${trainingOf(before)} | ${trainingOf(after)} |`,
    `| Hosting | ${hostingOf(before)} | ${hostingOf(after)} |`,
    "",
    ...notes(after ?? before!),
  ];
}

/** The same in one line: the training cost of this change, and hosting before and after. Undefined without an estimate. */
export function costLine({ cost, job, deployment }: Pipeline): string | undefined {
  if (!cost) return undefined;
  const before = cost.operation === "create" ? undefined : estimateIn(cost.old);
  const after = cost.operation === "delete" ? undefined : estimateIn(cost.new);
  if (!after) return before && `hosting ends (${hostingOf(before)})`;
  const training = trains(job) ? `training ${trainingOf(after)}` : "no training cost";
  const [was, is] = [before && hostingOf(before), hostingOf(after)];
  // An estimate of before is none of hosting: an earlier run may have ended ahead of its deployment.
  const hosted = was === undefined || deployment?.operation === "create" ? undefined : was;
  return `${training}; hosting ${is}${hosted === undefined ? "" : hosted === is ? ", as before" : ` (before: ${hosted})`}`;
}

function trainingOf(estimate: Estimate | undefined): string {
  if (!estimate) return "";
  return estimate.trainingUsd ? usd(estimate.trainingUsd) : "no price in the catalog";
}

function hostingOf(estimate: Estimate | undefined): string {
  if (!estimate) return "";
  if (estimate.hostingUsdPerMonth === 0) return "nothing";
  const [hour, month] = [estimate.hostingUsdPerHour, estimate.hostingUsdPerMonth].map((sum) =>
    usd({ low: sum, high: sum }),
  );
  return `${month} a month (${hour} an hour)`;
}

function notes({ epochs, trainingTokens, priceDate, assumptions }: Estimate): string[] {
  const epochsText = range(epochs.low, epochs.high);
  return [
    `- ${range(trainingTokens.low, trainingTokens.high)} trained tokens (${epochsText} ${epochsText === "1" ? "epoch" : "epochs"}), prices of ${priceDate}. An estimate: the service bills what it trains.`,
    ...assumptions.map((assumption) => `- ${assumption}`),
    "",
  ];
}

function range(low: number, high: number): string {
  const [from, to] = [low, high].map((number) => number.toLocaleString("en-US"));
  return from === to ? to! : `${from} to ${to}`;
}
