import {
  type Catalog,
  type CatalogModel,
  type Method,
  type TrainingPrice,
  type TrainingType,
  shippedCatalog,
} from "./catalog";
import { regionName } from "./models";

/** A figure that is known, or the two ends between which it lies. */
export interface Range {
  low: number;
  high: number;
}

export interface TrainingRun {
  model: CatalogModel;
  trainingType: TrainingType;
  location: string;
  /** Sum of tokens over the training file. */
  tokens: number;
  /** A number, or `auto`: the service chooses. */
  epochs: number | "auto";
  /** Says by what rule `tokens` were counted, where it is an inferred one. */
  method?: Method;
  /** Number of training examples: narrows what `auto` can mean. */
  examples?: number;
  /** Reinforcement: the model that grades, where one does. */
  graderModel?: string;
}

export interface TrainingCost {
  epochs: Range;
  /** Tokens x epochs. */
  trainingTokens: Range;
  /** `undefined` when the catalog has no price. */
  usd?: Range;
  /** Where training is billed by the hour. */
  usdPerHour?: number;
  /** Sentences: what the figures assume. */
  assumptions: string[];
}

const PREFERENCE_TOKENS =
  "A preference example is counted as billed twice, its input with each output: Azure documents no rule, this is inferred from one bill (docs/datasets.md).";

/**
 * Cost of a training run: tokens of the training file x epochs x rate of the training type
 * (MicrosoftDocs/azure-ai-docs cost-management, 2026-10-05; validation tokens are not mentioned there and not counted here).
 */
export function priceTraining(run: TrainingRun, catalog: Catalog = shippedCatalog): TrainingCost {
  const { epochs, assumption } = epochRange(run.epochs, run.examples);
  const assumptions = assumption ? [assumption] : [];
  if (run.method === "dpo") assumptions.push(PREFERENCE_TOKENS);
  const trainingTokens = { low: run.tokens * epochs.low, high: run.tokens * epochs.high };
  const price = catalog.prices.training.find((entry) => entry.model === run.model.id);
  const rate = price && rateOf(price, run.trainingType, run.location);
  if (!price || rate === undefined) {
    const missing = `The price list of ${catalog.prices.asOf} has no training price of ${run.model.id} for ${run.trainingType}.`;
    return { epochs, trainingTokens, assumptions: [...assumptions, missing] };
  }
  if (price.unit === "hour") {
    const cap = catalog.limits.reinforcementCapUsd;
    const byHour = `Billed by the hour ($${rate}): from one hour to the $${cap} at which the service pauses the job.`;
    return {
      epochs,
      trainingTokens,
      usd: { low: rate, high: cap },
      usdPerHour: rate,
      assumptions: [...assumptions, byHour, ...graderSentence(run.graderModel, catalog)],
    };
  }
  const usd = { low: (trainingTokens.low / 1e6) * rate, high: (trainingTokens.high / 1e6) * rate };
  return { epochs, trainingTokens, usd, assumptions };
}

/** What the estimate leaves out: how much a grader reads and writes is not known before it has graded. */
function graderSentence(name: string | undefined, catalog: Catalog): string[] {
  if (name === undefined) return [];
  const family = name.replace(/-\d{4}-\d{2}-\d{2}$/, "");
  const rate = catalog.prices.graders.find(({ model }) => model === family);
  const price = rate
    ? `$${rate.input} per million tokens read, $${rate.output} per million written`
    : "a rate that the price list lacks";
  return [`Not in it: the grader's tokens, billed apart: ${name} at ${price}.`];
}

/** Whether a deployment type is paid by throughput units. */
export function isProvisioned(deploymentSku: string): boolean {
  return /provisioned/i.test(deploymentSku);
}

/**
 * USD per hour and per month of a deployment of a model tuned from `model`; a month has 730 hours.
 *
 * @param units where a provisioned deployment is, and its throughput units: they are paid in place of hosting and tokens
 */
export function priceHosting(
  model: CatalogModel,
  deploymentSku: string,
  catalog: Catalog = shippedCatalog,
  units: { location: string; capacity: number } = { location: "", capacity: model.provisionedUnits ?? 0 },
): { usdPerHour: number; usdPerMonth: number } {
  const { hosting, freeHostingSkus, hoursPerMonth, provisioned } = catalog.prices;
  if (isProvisioned(deploymentSku)) {
    const rate = provisioned.regions?.[regionName(units.location)] ?? provisioned.usdPerUnitHour;
    return { usdPerHour: units.capacity * rate, usdPerMonth: units.capacity * rate * hoursPerMonth };
  }
  const free = freeHostingSkus.some((sku) => sku.toLowerCase() === deploymentSku.toLowerCase());
  const price = hosting.find((entry) => entry.model === model.id) ?? hosting.find((entry) => entry.model === "*");
  const usdPerHour = free ? 0 : (price?.usdPerHour ?? 0);
  return { usdPerHour, usdPerMonth: usdPerHour * hoursPerMonth };
}

function rateOf(price: TrainingPrice, type: TrainingType, location: string): number | undefined {
  return price.regions?.[regionName(location)]?.[type] ?? price.usd[type];
}

/**
 * Azure does not publish how it chooses epochs. Observed: 2 in a documented example, 3 for 2,000 rows. OpenAI's published rule of thumb
 * for its own service (openai-cookbook, chat_finetuning_data_prep) is 3, more for fewer than 34 examples (100 / examples, at most 25)
 * and fewer for more than 8,333 (25,000 / examples). The upper end follows it.
 */
function epochRange(epochs: number | "auto", examples: number | undefined): { epochs: Range; assumption?: string } {
  if (epochs !== "auto") return { epochs: { low: epochs, high: epochs } };
  const few = examples !== undefined && examples > 0 && examples * 3 < 100;
  const high = few ? Math.min(25, Math.floor(100 / examples)) : 3;
  const assumption = `Epochs are 'auto': the service chooses; 1 to ${high} are assumed. Set hyperparameters.nEpochs for an exact figure.`;
  return { epochs: { low: 1, high }, assumption };
}
