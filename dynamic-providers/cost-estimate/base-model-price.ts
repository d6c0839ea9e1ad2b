import { exactUsd, usd } from "../../format/money";
import type { BaseModelEstimate } from "./schema";

/** What the base model's own deployment costs, in words: `billed per token ($0.165 per 1M tokens in, $0.66 out); no charge while unused`. */
export function baseModelPrice({ perMillionTokens, usdPerHour }: BaseModelEstimate): string {
  if (usdPerHour > 0) return `${usd(usdPerHour)} an hour, whether or not it is used (included in the hosting cost)`;
  if (!perMillionTokens) return "billed per token (price not in the catalog); no charge while unused";
  const { input, output } = perMillionTokens;
  // Never `token: $...`, which a summary takes for a secret.
  return `billed per token (${exactUsd(input)} per 1M tokens in, ${exactUsd(output)} out); no charge while unused`;
}
