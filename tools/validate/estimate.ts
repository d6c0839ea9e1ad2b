import { type Catalog, findModel, priceHosting, priceTraining, trainingTypeOf } from "../../catalog";
import type { FileReport } from "../../datasets";
import type { ValidateOptions } from "./options";
import type { Estimate } from "./report";

/** Cost of training on a file and of hosting the model, rounded to cents. */
export function estimateOf(training: FileReport, options: ValidateOptions, catalog: Catalog): Estimate | null {
  const model = findModel(options.model, catalog);
  const trainingType = trainingTypeOf(options.trainingType);
  // What can't be trained has no price.
  if (!model || model.withdrawn || !trainingType || !model.trainingTypes.includes(trainingType)) return null;
  if (training.errors.length > 0) return null;
  const trainingTokens = training.tokens.total.sum;
  const { epochs, location } = options;
  const run = { model, trainingType, location, tokens: trainingTokens, epochs, examples: training.examples };
  const cost = priceTraining(run, catalog);
  return {
    epochs: cost.epochs,
    trainingTokens,
    trainingUsd: cost.usd ? { low: cents(cost.usd.low), high: cents(cost.usd.high) } : null,
    hostingUsdPerMonth: cents(priceHosting(model, options.sku, catalog).usdPerMonth),
    priceDate: catalog.prices.asOf,
  };
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
