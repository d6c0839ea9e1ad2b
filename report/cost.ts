import { BILL_UNKNOWN, billedTokens } from "../azure-openai/billed-tokens";
import { isTerminal, type RemoteEvent, type RemoteJob } from "../azure-openai/remote-jobs";
import { findModel, overrideCatalog, priceTraining, shippedCatalog, trainingTypeOf } from "../catalog";
import { baseModelPrice } from "../dynamic-providers/cost-estimate/base-model-price";
import type { FineTuningJobState } from "../dynamic-providers/fine-tuning-job/schema";
import type { ModelState } from "../stack/stack-models";
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
 */
export function costFacts(facts: StackFacts, job: RemoteJob | undefined, events: RemoteEvent[]): CostFacts {
  const { estimate: state, job: submitted, model, datasets } = facts;
  if (!state) return {};
  const { epochs, trainingTokens, trainingUsd, priceDate, assumptions, hostingUsdPerHour, baseModel } = state.estimate;
  const hosting = {
    hostingUsdPerHour: state.deploy ? hostingUsdPerHour : undefined,
    ...(baseModel &&
      facts.baseModel && { baseModel: { deployment: facts.baseModel.name, price: baseModelPrice(baseModel) } }),
  };
  if (state.hostingOnly) return hosting;
  const next = submitted !== undefined && !isEstimateOf(submitted, state, datasets);
  return {
    estimated: { tokens: trainingTokens, usd: trainingUsd, epochs, priceDate, assumptions, ...(next && { next }) },
    ...billFacts(facts, submitted, billOf(submitted, model, events), job?.status ?? submitted?.status),
    ...hosting,
  };
}

/** A bill in tokens and USD, or why there is none. @param status of the job, as last seen */
export function billFacts(
  { estimate, location }: Pick<StackFacts, "estimate" | "location">,
  job: FineTuningJobState | undefined,
  billed: number | undefined,
  status: string | undefined,
): Pick<CostFacts, "billed" | "notBilled"> {
  if (billed === undefined) return { notBilled: isTerminal(status) ? BILL_UNKNOWN : "not yet" };
  return { billed: { tokens: billed, usd: priceOfBill(billed, { ...estimate, ...trained(job), location }) } };
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
  const catalog = catalogFile ? overrideCatalog(catalogFile) : shippedCatalog;
  const model = name === undefined ? undefined : findModel(name, catalog);
  const trainingType = type === undefined ? undefined : trainingTypeOf(type);
  const price = catalog.prices.training.find((entry) => entry.model === model?.id);
  if (!model || !trainingType || price?.unit !== "million tokens") return undefined;
  return priceTraining({ model, trainingType, location, tokens, epochs: 1 }, catalog).usd?.low;
}
