import {
  type Catalog,
  type CatalogModel,
  findModel,
  graderModels,
  priceHosting,
  priceTraining,
  regionName,
  type TrainingType,
  trainingTypeOf,
} from "../../catalog";
import type { FileReport } from "../../datasets";
import type { ValidateOptions } from "./options";
import type { Estimate } from "./report";

/** What the command line says besides the options: whether a region was given, and the grader. */
export interface Asked {
  location: boolean;
  grader?: Readonly<Record<string, unknown>>;
}

/** Cost of training on a file and of hosting the model, rounded to cents; `null` for what can't be trained, which has no price. */
export function estimateOf(
  training: FileReport,
  options: ValidateOptions,
  catalog: Catalog,
  asked: Asked,
): Estimate | null {
  const model = findModel(options.model, catalog);
  const trainingType = trainingTypeOf(options.trainingType);
  const { method, epochs, sku } = options;
  if (!model || model.withdrawn || !trainingType || !model.trainingTypes.includes(trainingType)) return null;
  if (training.errors.length > 0 || !model.methods.includes(method)) return null;
  const location = trainingRegion(model, trainingType, options.location, asked.location);
  if (location === undefined) return null;
  const trainingTokens = training.tokens.total.sum;
  const { examples } = training;
  const graders = method === "reinforcement" ? graderModels(asked.grader) : [];
  const run = { model, trainingType, location, tokens: trainingTokens, epochs, examples, method };
  const cost = priceTraining({ ...run, graderModels: graders }, catalog);
  const hosting = priceHosting(model, sku, catalog, { location, capacity: model.provisionedUnits ?? 0 });
  return {
    epochs: cost.epochs,
    trainingTokens,
    trainingUsd: cost.usd ? { low: cents(cost.usd.low), high: cents(cost.usd.high) } : null,
    ...(cost.hours && { trainingHours: cost.hours }),
    hostingUsdPerMonth: cents(hosting.usdPerMonth),
    priceDate: catalog.prices.asOf,
    location,
    assumptions: [...cost.assumptions, ...(hosting.assumption ? [hosting.assumption] : [])],
  };
}

/**
 * The region whose prices count: the given one, if the model can be trained there. Without one, the default, or
 * the first that has the model: reinforcement is trained in other regions than the rest.
 */
function trainingRegion(model: CatalogModel, type: TrainingType, region: string, asked: boolean): string | undefined {
  const byType = { Standard: model.standardTrainingRegions, DataZone: model.dataZoneTrainingRegions };
  const allowed = type === "Standard" || type === "DataZone" ? byType[type] : undefined;
  const name = regionName(region);
  if (!allowed || allowed.includes(name)) return name;
  return asked ? undefined : allowed[0];
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
