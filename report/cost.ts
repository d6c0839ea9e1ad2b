import type { RemoteJob } from "../azure-openai/remote-jobs";
import { findModel, overrideCatalog, priceTraining, shippedCatalog, trainingTypeOf } from "../catalog";
import type { CostFacts } from "./report-data";
import type { StackFacts } from "./stack-facts";

/** What was estimated before the training beside what was billed after it. */
export function costFacts({ estimate: state, model: trained }: StackFacts, job: RemoteJob | undefined): CostFacts {
  if (!state) return {};
  const { epochs, trainingTokens, trainingUsd, priceDate, assumptions, hostingUsdPerHour } = state.estimate;
  const billed = job?.trained_tokens ?? trained?.trainedTokens;
  return {
    estimated: { tokens: trainingTokens, usd: trainingUsd, epochs, priceDate, assumptions },
    billed: typeof billed === "number" ? { tokens: billed, usd: usdOf(billed, state) } : undefined,
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
