import { BILL_UNKNOWN, billedTokens } from "../azure-openai/billed-tokens";
import { isTerminal, type RemoteEvent, type RemoteJob } from "../azure-openai/remote-jobs";
import { findModel, overrideCatalog, priceTraining, shippedCatalog, trainingTypeOf } from "../catalog";
import type { CostFacts } from "./report-data";
import type { StackFacts } from "./stack-facts";

/** The bill as the job's events tell it now, or as the state kept it. */
export function billOf({ model: trained, job: submitted }: StackFacts, events: RemoteEvent[]): number | undefined {
  const kept = trained?.jobId === submitted?.jobId ? trained?.billedTokens : undefined;
  return billedTokens(events) ?? kept ?? undefined;
}

/**
 * What was estimated before the training beside what was billed after it.
 * @param job as the service tells it now
 */
export function costFacts(facts: StackFacts, job: RemoteJob | undefined, events: RemoteEvent[]): CostFacts {
  const { estimate: state, job: submitted } = facts;
  if (!state) return {};
  const { epochs, trainingTokens, trainingUsd, priceDate, assumptions, hostingUsdPerHour } = state.estimate;
  const billed = billOf(facts, events);
  const ended = isTerminal(job?.status ?? submitted?.status);
  return {
    estimated: { tokens: trainingTokens, usd: trainingUsd, epochs, priceDate, assumptions },
    billed: billed === undefined ? undefined : { tokens: billed, usd: usdOf(billed, state) },
    notBilled: billed !== undefined ? undefined : ended ? BILL_UNKNOWN : "not yet",
    hostingUsdPerHour: state.deploy ? hostingUsdPerHour : undefined,
  };
}

/** Billed tokens are of all epochs together; undefined where there is no rate per token. */
function usdOf(tokens: number, estimate: NonNullable<StackFacts["estimate"]>): number | undefined {
  const catalog = estimate.catalogFile ? overrideCatalog(estimate.catalogFile) : shippedCatalog;
  const model = findModel(estimate.model, catalog);
  const trainingType = trainingTypeOf(estimate.trainingType);
  const price = catalog.prices.training.find((entry) => entry.model === model?.id);
  if (!model || !trainingType || price?.unit !== "million tokens") return undefined;
  return priceTraining({ model, trainingType, location: estimate.location, tokens, epochs: 1 }, catalog).usd?.low;
}
