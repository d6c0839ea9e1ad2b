import {
  type Catalog,
  type CatalogModel,
  type Method,
  type TrainingPrice,
  type TrainingType,
  shippedCatalog,
} from "./catalog";
import { graderSentences } from "./graders";
import { regionName } from "./models";
import { caveatOfTokens } from "./token-counts";

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
  /** Reinforcement: the models that grade, where some do. */
  graderModels?: readonly string[];
}

export interface TrainingCost {
  epochs: Range;
  /** Tokens x epochs. */
  trainingTokens: Range;
  /** `undefined` when the catalog has no price. */
  usd?: Range;
  /** Where training is billed by the hour: the rate, and the hours behind `usd`. */
  usdPerHour?: number;
  hours?: Range;
  /** Sentences: what the figures assume. */
  assumptions: string[];
}

const PREFERENCE_TOKENS =
  "This estimate assumes that each preference example is billed twice: its input once with each output. Azure doesn't document this; it is inferred from one bill (docs/datasets.md).";

/**
 * Cost of a training run: tokens of the training file x epochs x rate of the training type
 * (MicrosoftDocs/azure-ai-docs cost-management, 2026-10-05; validation tokens are not mentioned there and not counted here).
 */
export function priceTraining(run: TrainingRun, catalog: Catalog = shippedCatalog): TrainingCost {
  const { epochs, assumption } = epochRange(run.epochs, run.examples);
  const assumptions = assumption ? [assumption] : [];
  if (run.method === "dpo") assumptions.push(PREFERENCE_TOKENS);
  const caveat = caveatOfTokens(run.model);
  if (caveat !== undefined) assumptions.push(caveat);
  const trainingTokens = { low: run.tokens * epochs.low, high: run.tokens * epochs.high };
  const price = catalog.prices.training.find((entry) => entry.model === run.model.id);
  const rate = price && rateOf(price, run.trainingType, run.location);
  if (!price || rate === undefined) {
    const missing = `The price list of ${catalog.prices.asOf} has no training price for ${run.model.id} with ${run.trainingType}.`;
    return { epochs, trainingTokens, assumptions: [...assumptions, missing] };
  }
  if (price.unit === "hour") {
    const byHour = priceHours(rate, catalog.limits.reinforcementCapUsd);
    assumptions.push(byHour.assumption, ...graderSentences(run.graderModels ?? [], catalog));
    return { epochs, trainingTokens, usd: byHour.usd, usdPerHour: rate, hours: byHour.hours, assumptions };
  }
  const usd = { low: (trainingTokens.low / 1e6) * rate, high: (trainingTokens.high / 1e6) * rate };
  return { epochs, trainingTokens, usd, assumptions };
}

/**
 * Hours of a reinforcement job are not known in advance: the data say nothing about how long the model thinks and how long its answers are. At
 * the limit the service pauses the job; training and grading count towards it (azure-ai-docs fine-tuning cost include, 2026-10-05, without
 * the sum, which a page of 2026-03 gives). The two jobs on record: microsoft-foundry/fine-tuning, live runs of 2026-10-03, o4-mini.
 */
function priceHours(rate: number, cap: number): { usd: Range; hours: Range; assumption: string } {
  const hours = { low: 1, high: Math.round((cap / rate) * 10) / 10 };
  const assumption =
    `Billed at $${rate} an hour; this estimate assumes ${hours.low} to ${hours.high} hours. The service pauses the job when training and grading together reach $${cap}. ` +
    "For reference, two jobs with 100 examples took 4 and 5 hours (o4-mini, 1 epoch).";
  return { usd: { low: rate, high: cap }, hours, assumption };
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
  const assumption = `The number of epochs is 'auto', so the service chooses it; this estimate assumes 1 to ${high}. Set hyperparameters.nEpochs for an exact figure.`;
  return { epochs: { low: 1, high }, assumption };
}
