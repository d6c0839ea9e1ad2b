import { sameName } from "../format/same-name";
import { type Catalog, type CatalogModel, type InferenceRate, shippedCatalog } from "./catalog";
import { regionName } from "./models";

/** Tokens of one answer, as the service reports them. */
export interface AnswerTokens {
  prompt: number;
  /** Part of the prompt that the service had cached. */
  cached: number;
  completion: number;
}

/** Where an answer comes from. */
export interface ServingPlace {
  model: CatalogModel;
  /** `Standard`, `GlobalStandard`, `DataZoneStandard`, `DeveloperTier`, ...; case does not matter. */
  deploymentSku: string;
  location: string;
}

/** USD per million tokens of a deployment; `undefined` when the catalog has no price. */
export function inferenceRate(place: ServingPlace, catalog: Catalog = shippedCatalog): InferenceRate | undefined {
  const price = catalog.prices.inference.find((entry) => entry.model === place.model.id);
  const rateIn = (rates: Record<string, InferenceRate> = {}) =>
    Object.entries(rates).find(([sku]) => sameName(sku, place.deploymentSku))?.[1];
  return rateIn(price?.regions?.[regionName(place.location)]) ?? rateIn(price?.usd);
}

/** USD of one answer, without the deployment's hosting. */
export function priceAnswer({ prompt, cached, completion }: AnswerTokens, rate: InferenceRate): number {
  const input = (prompt - cached) * rate.input + cached * (rate.cachedInput ?? rate.input);
  return (input + completion * rate.output) / 1e6;
}
