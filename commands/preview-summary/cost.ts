import { baseModelPrice } from "../../dynamic-providers/cost-estimate/base-model-price";
import { usd } from "./money";
import { type Estimate, estimateIn, type Pipeline, trains } from "./pipeline";

/** The estimates before and after, and what is hosted before: an estimate is none of hosting where the deployment is not there (yet). */
function estimates({ cost, deployment }: Pipeline) {
  const before = cost?.operation === "create" ? undefined : cost && estimateIn(cost.old);
  const after = cost?.operation === "delete" ? undefined : cost && estimateIn(cost.new);
  return { before, after, hostedBefore: deployment?.operation === "create" ? undefined : before };
}

/** Training cost and hosting, before and after, as lines of Markdown. */
export function costSection(pipeline: Pipeline): string[] {
  const { before, after, hostedBefore } = estimates(pipeline);
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
    `| Hosting | ${before && !hostedBefore ? "nothing" : hostingOf(hostedBefore)} | ${hostingOf(after)} |`,
    ...(before?.baseModel || after?.baseModel
      ? [`| Base model's deployment | ${baseModelOf(before)} | ${baseModelOf(after)} |`]
      : []),
    "",
    ...notes(after ?? before!),
  ];
}

/** The same in one line: the training cost of this change, and hosting before and after. Undefined without an estimate. */
export function costLine(pipeline: Pipeline): string | undefined {
  const { before, after, hostedBefore } = estimates(pipeline);
  if (!after) return before && `hosting ends (${hostingOf(before)})`;
  const training = trains(pipeline.job) ? `training ${trainingOf(after)}` : "no training cost";
  const [was, is] = [hostedBefore && hostingOf(hostedBefore), hostingOf(after)];
  return `${training}; hosting ${is}${was === undefined ? "" : was === is ? ", as before" : ` (before: ${was})`}${baseModelPart(before, after)}`;
}

/** `; base model: billed by the token ...`; empty where there is none. */
function baseModelPart(before: Estimate | undefined, after: Estimate): string {
  const [was, is] = [baseModelOf(before), baseModelOf(after)];
  if (is === "") return was === "" ? "" : "; the base model's deployment ends";
  return `; base model: ${is}${was === is ? ", as before" : ""}`;
}

function baseModelOf(estimate: Estimate | undefined): string {
  return estimate?.baseModel ? baseModelPrice(estimate.baseModel) : "";
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
