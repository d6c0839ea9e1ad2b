import { BILL_UNKNOWN, billedTokens } from "../azure-openai/billed-tokens";
import { isTerminal, type RemoteEvent, type RemoteJob } from "../azure-openai/remote-jobs";
import { catalogFrom, findModel, hoursInWords, priceTraining, trainingTypeOf } from "../catalog";
import { baseModelPrice } from "../dynamic-providers/cost-estimate/base-model-price";
import type { FineTuningJobState } from "../dynamic-providers/fine-tuning-job/schema";
import type { ModelState } from "../stack/stack-models";
import { gradingInWords } from "./grading";
import type { CostFacts } from "./report-data";
import type { StackFacts } from "./stack-facts";
import { isEstimateOf } from "./trained-on";

/** The bill of a job, as its events tell it now, or as the state kept it. @param model whose bill counts if it is of the same job */
export function billOf(
  job: Pick<FineTuningJobState, "jobId"> | undefined,
  model: ModelState | undefined,
  events: RemoteEvent[],
): number | undefined {
  const kept = model?.jobId === job?.jobId ? model?.billedTokens : undefined;
  return billedTokens(events) ?? kept ?? undefined;
}

/**
 * What was estimated before the training beside what was billed after it.
 * @param job - as the service tells it now
 * @param steps - of the training so far. Default: those that the state knows
 */
export function costFacts(
  facts: StackFacts,
  job: RemoteJob | undefined,
  events: RemoteEvent[],
  steps = facts.model?.steps ?? 0,
): CostFacts {
  const { estimate: state, job: submitted, model, datasets } = facts;
  if (!state) return {};
  const { epochs, trainingTokens, trainingUsd, priceDate, assumptions, hostingUsdPerHour, baseModel } = state.estimate;
  const hours = hoursInWords(state.estimate);
  const own = model?.jobId === submitted?.jobId ? model : undefined;
  const grading = gradingInWords(events, { steps, kept: own?.graderUsage, catalogFile: state.catalogFile });
  const hosting = {
    hostingUsdPerHour: state.deploy ? hostingUsdPerHour : undefined,
    ...(baseModel &&
      facts.baseModel && { baseModel: { deployment: facts.baseModel.name, price: baseModelPrice(baseModel) } }),
  };
  if (state.hostingOnly) return hosting;
  const next = submitted !== undefined && !isEstimateOf(submitted, state, datasets);
  return {
    estimated: {
      ...{ tokens: trainingTokens, usd: trainingUsd, epochs, priceDate, assumptions },
      ...(hours !== undefined && { hours }),
      ...(next && { next }),
    },
    ...billFacts(
      facts,
      submitted,
      billOf(submitted, model, events),
      job?.status ?? submitted?.status,
      job ?? undefined,
    ),
    ...(grading.length > 0 && { grading }),
    ...hosting,
  };
}

/** A bill in tokens or hours and USD, or why there is none. @param status of the job, as last seen @param told the job as the service tells it now */
export function billFacts(
  { estimate, location }: Pick<StackFacts, "estimate" | "location">,
  job: FineTuningJobState | undefined,
  billed: number | undefined,
  status: string | undefined,
  told?: Pick<RemoteJob, "training_hours_billed">,
): Pick<CostFacts, "billed" | "notBilled"> {
  const hours = told?.training_hours_billed ?? undefined;
  const rated = { ...estimate, ...trained(job), location };
  if (hours !== undefined) return { billed: { tokens: billed ?? 0, hours, usd: priceOfHours(hours, rated) } };
  if (billed === undefined) return { notBilled: isTerminal(status) ? BILL_UNKNOWN : "not yet" };
  return { billed: { tokens: billed, usd: priceOfBill(billed, rated) } };
}

/** The estimate may be of the next training: what was billed has the rate of what was trained. */
function trained(job: FineTuningJobState | undefined): { model?: string; trainingType?: string } {
  return { ...(job?.model && { model: job.model }), ...(job?.trainingType && { trainingType: job.trainingType }) };
}

interface Rated {
  model?: string;
  trainingType?: string;
  location: string;
  catalogFile?: string;
}

/** USD for billed tokens, which are of all epochs together; undefined where there is no rate per token. */
export function priceOfBill(
  tokens: number,
  { model: name, trainingType: type, location, catalogFile }: Rated,
): number | undefined {
  const cost = costOf(tokens, { model: name, trainingType: type, location, catalogFile });
  return cost?.hours ? undefined : cost?.usd?.low;
}

/** USD for billed hours; undefined where there is no rate per hour. */
function priceOfHours(hours: number, rated: Rated): number | undefined {
  const rate = costOf(0, rated)?.usdPerHour;
  return rate === undefined ? undefined : hours * rate;
}

function costOf(tokens: number, { model: name, trainingType: type, location, catalogFile }: Rated) {
  const catalog = catalogFrom(catalogFile);
  const model = name === undefined ? undefined : findModel(name, catalog);
  const trainingType = type === undefined ? undefined : trainingTypeOf(type);
  return model && trainingType && priceTraining({ model, trainingType, location, tokens, epochs: 1 }, catalog);
}
