import { billedInWords } from "../../azure-openai/billed-tokens";
import { hoursInWords } from "../../catalog";
import { count } from "../../format/count";
import { baseModelPrice } from "../../dynamic-providers/cost-estimate/base-model-price";
import type { TrainedModelState } from "../../dynamic-providers/trained-model/schema";
import { type Usd, usd } from "./money";
import { type Estimate, estimateIn, type Pipeline, trains, waits } from "./pipeline";

/** The estimates before and after, and what is hosted before: an estimate is none of hosting where the deployment is not there (yet). */
function estimates({ cost, deployment }: Pipeline) {
  const before = cost?.operation === "create" ? undefined : cost && estimateIn(cost.old);
  const after = cost?.operation === "delete" ? undefined : cost && estimateIn(cost.new);
  return { before, after, hostedBefore: deployment?.operation === "create" ? undefined : before };
}

function withEstimate(pipelines: Pipeline[]): Pipeline[] {
  return pipelines.filter((pipeline) => {
    const { before, after } = estimates(pipeline);
    return before ?? after;
  });
}

/** Training cost and hosting, before and after, as lines of Markdown. @param pipelines - one, or those of several named models */
export function costSection(pipelines: Pipeline[]): string[] {
  const known = withEstimate(pipelines);
  if (known.length === 0) return [];
  const several = pipelines.length > 1;
  return [
    "### Cost",
    "",
    `${several ? trainingsOf(known) : trainingOfOne(known[0]!)}${evaluationSentence(known)}`,
    "",
    "| | Before | After |",
    "| --- | --- | --- |",
    ...known.flatMap(rowsOf),
    ...(several
      ? [`| Total hosting | ${sumOfHosting(known, "hostedBefore")} | ${sumOfHosting(known, "after")} |`]
      : []),
    "",
    ...known.flatMap(({ name, ...pipeline }) => {
      const { before, after } = estimates(pipeline);
      return notes(after ?? before!).map((line) => (several ? line.replace(/^- /, `- ${name}: `) : line));
    }),
  ];
}

function trainingOfOne(pipeline: Pipeline): string {
  return trains(pipeline.job)
    ? `This change includes one training run: ${trainingOfRun(pipeline)}.`
    : "This change has no training cost.";
}

function trainingsOf(pipelines: Pipeline[]): string {
  const training = pipelines.filter(({ job }) => trains(job));
  if (training.length === 0) return "This change has no training cost.";
  const runs = training.length === 1 ? "one training run" : `${training.length} training runs`;
  return `This change includes ${runs}: ${sumOfTraining(training)}.`;
}

function rowsOf(pipeline: Pipeline): string[] {
  const { before, after, hostedBefore } = estimates(pipeline);
  const of = pipeline.name === undefined ? "" : `${pipeline.name}: `;
  const label = (text: string) => (of === "" ? text : `${of}${text.charAt(0).toLowerCase()}${text.slice(1)}`);
  return [
    ...([before, after].some((one) => one && isOfTraining(one))
      ? [`| ${label("One training run")} | ${trainingOf(before)} | ${trainingOf(after)} |`]
      : []),
    `| ${label("Hosting")} | ${before && !hostedBefore ? "nothing" : hostingOf(hostedBefore)} | ${hostingOf(after)} |`,
    ...(before?.baseModel || after?.baseModel
      ? [`| ${label("Base model's deployment")} | ${baseModelOf(before)} | ${baseModelOf(after)} |`]
      : []),
  ];
}

/** The same in one line: the training cost of this change, and hosting before and after. Undefined without an estimate. */
export function costLine(pipelines: Pipeline[]): string | undefined {
  const [first, ...others] = pipelines;
  return first && (others.length > 0 ? costOfSeveral(pipelines) : costOfOne(first));
}

/** What a run itself costs: training and evaluation, without hosting. */
export function runCost(pipelines: Pipeline[]): string {
  const known = withEstimate(pipelines);
  const [first] = known;
  if (pipelines.length === 1) return `${first ? trainingPart(first) : "no training cost"}${evaluationPart(known)}`;
  const training = known.filter(({ job }) => trains(job));
  return `${training.length > 0 ? `training ${sumOfTraining(training)}` : "no training cost"}${evaluationPart(known)}`;
}

function costOfOne(pipeline: Pipeline): string | undefined {
  const { before, after, hostedBefore } = estimates(pipeline);
  if (!after) return before && `hosting ends: ${hostingOf(before)}`;
  const training = trainingPart(pipeline);
  const [was, is] = [hostedBefore && hostingOf(hostedBefore), hostingOf(after)];
  return `${training}${evaluationPart([pipeline])}; hosting ${is}${was === undefined ? "" : was === is ? ", as before" : `, before: ${was}`}${baseModelPart(before, after)}`;
}

function costOfSeveral(pipelines: Pipeline[]): string | undefined {
  const known = withEstimate(pipelines);
  if (known.length === 0) return undefined;
  if (known.every((pipeline) => !estimates(pipeline).after))
    return `hosting ends: ${sumOfHosting(known, "hostedBefore")}`;
  const training = known.filter(({ job }) => trains(job));
  const [was, is] = [sumOfHosting(known, "hostedBefore"), sumOfHosting(known, "after")];
  const base = known.flatMap((pipeline) => {
    const { before, after } = estimates(pipeline);
    const part = after ? baseModelPart(before, after) : "";
    return part === "" ? [] : [part.replace(/^; /, `; ${pipeline.name}: `)];
  });
  return `${training.length > 0 ? `training ${sumOfTraining(training)}` : "no training cost"}${evaluationPart(known)}; total hosting ${is}${was === is ? ", as before" : `, before: ${was}`}${base.join("")}`;
}

/** `; evaluation about $1.70 (...)`, of several models with the name of each; empty where nothing is asked. */
function evaluationPart(pipelines: Pipeline[]): string {
  const evaluations = evaluationsOf(pipelines);
  return evaluations === "" ? "" : `; evaluation ${evaluations}`;
}

function evaluationSentence(pipelines: Pipeline[]): string {
  const evaluations = evaluationsOf(pipelines);
  return evaluations === "" ? "" : ` Before a model is deployed, it is evaluated: ${evaluations}.`;
}

function evaluationsOf(pipelines: Pipeline[]): string {
  return pipelines
    .flatMap(({ name, evaluationPrice }) =>
      evaluationPrice === undefined ? [] : [`${name === undefined ? "" : `${name} `}${evaluationPrice}`],
    )
    .join(", ");
}

/** `$3.00 to $5.00 in all (critic $1.00 to $2.00, tutor $2.00 to $3.00)` */
function sumOfTraining(training: Pipeline[]): string {
  const each = training.map((pipeline) => `${pipeline.name} ${trainingOfRun(pipeline)}`).join(", ");
  const sum = totalTraining(training);
  return sum && training.length > 1 ? `${usd(sum)} in total (${each})` : each;
}

/** Cost of the trainings of a change. USD; null where the catalog lacks the price of one. */
export function totalTraining(pipelines: Pipeline[]): Usd | null {
  let [low, high] = [0, 0];
  for (const pipeline of pipelines) {
    if (!trains(pipeline.job)) continue;
    const bill = billOf(pipeline)?.usd;
    const cost = bill ? { low: bill, high: bill } : pipeline.cost && estimateIn(pipeline.cost.new)?.trainingUsd;
    if (!cost) return null;
    [low, high] = [low + cost.low, high + cost.high];
  }
  return { low, high };
}

function sumOfHosting(pipelines: Pipeline[], side: "hostedBefore" | "after"): string {
  const hosted = pipelines.flatMap((pipeline) => estimates(pipeline)[side] ?? []);
  const add = (key: "hostingUsdPerHour" | "hostingUsdPerMonth") => hosted.reduce((sum, one) => sum + one[key], 0);
  return hostingInWords(add("hostingUsdPerHour"), add("hostingUsdPerMonth"));
}

/** `; base model: billed per token ...`; empty where there is none. */
function baseModelPart(before: Estimate | undefined, after: Estimate): string {
  const [was, is] = [baseModelOf(before), baseModelOf(after)];
  if (is === "") return was === "" ? "" : "; the base model's deployment will be deleted";
  return `; base model: ${is}${was === is ? ", as before" : ""}`;
}

function baseModelOf(estimate: Estimate | undefined): string {
  return estimate?.baseModel ? baseModelPrice(estimate.baseModel) : "";
}

/** False where the model is another stack's, and only hosted here. */
function isOfTraining({ epochs }: Estimate): boolean {
  return epochs.high > 0;
}

function trainingOf(estimate: Estimate | undefined): string {
  if (!estimate) return "";
  if (!isOfTraining(estimate)) return "nothing";
  if (!estimate.trainingUsd) return "no price in the catalog";
  const hours = hoursInWords(estimate);
  return `${usd(estimate.trainingUsd)}${hours === undefined ? "" : ` (${hours})`}`;
}

/** Of one model. A job of an earlier run is no new cost of this one, but its bill comes while this run waits for it. */
function trainingPart(pipeline: Pipeline): string {
  if (trains(pipeline.job)) return `training ${trainingOfRun(pipeline)}`;
  const bill = waits(pipeline) ? billOf(pipeline) : undefined;
  return bill === undefined
    ? "no training cost"
    : `training ${usd({ low: bill.usd, high: bill.usd })} (${bill.billed} for the job that this run waited for)`;
}

/** What this change's training costs: the bill, once its job has told it, else the estimate. */
function trainingOfRun(pipeline: Pipeline): string {
  const bill = billOf(pipeline);
  return bill ? `${usd({ low: bill.usd, high: bill.usd })} (${bill.billed})` : trainingOf(estimates(pipeline).after);
}

/** The bill at the prices of the estimate; undefined before the run, and where the job's events don't tell it. */
function billOf({ model, cost }: Pipeline): { usd: number; billed: string } | undefined {
  const { billedTokens, billedHours } = (model?.results ?? {}) as Partial<TrainedModelState>;
  const { trainingUsd, trainingTokens, trainingHours } = (cost && estimateIn(cost.new)) ?? {};
  const [units, estimated] =
    typeof billedHours === "number" ? [billedHours, trainingHours] : [billedTokens, trainingTokens];
  if (typeof units !== "number" || !trainingUsd || !estimated || estimated.high === 0) return undefined;
  return { usd: (units * trainingUsd.high) / estimated.high, billed: billedInWords(billedTokens, false, billedHours) };
}

function hostingOf(estimate: Estimate | undefined): string {
  return estimate ? hostingInWords(estimate.hostingUsdPerHour, estimate.hostingUsdPerMonth) : "";
}

function hostingInWords(perHour: number, perMonth: number): string {
  if (perMonth === 0) return "nothing";
  const [hour, month] = [perHour, perMonth].map((sum) => usd({ low: sum, high: sum }));
  return `${month} a month (${hour} an hour)`;
}

function notes(estimate: Estimate): string[] {
  const { epochs, trainingTokens, priceDate, assumptions } = estimate;
  const epochsText = range(epochs.low, epochs.high);
  const training = `${range(trainingTokens.low, trainingTokens.high)} trained tokens (${epochsText} ${epochsText === "1" ? "epoch" : "epochs"}), prices of ${priceDate}. This is an estimate: you will be charged for the tokens actually trained.`;
  return [
    `- ${isOfTraining(estimate) ? training : `Prices of ${priceDate}.`}`,
    ...assumptions.map((assumption) => `- ${assumption}`),
    "",
  ];
}

function range(low: number, high: number): string {
  const [from, to] = [low, high].map(count);
  return from === to ? to! : `${from} to ${to}`;
}
