import { lateBoundResource } from "../runtime/late-bound-resource";
import type { CostEstimateArgs, CostEstimateState } from "./schema";

/**
 * What the training and the hosting will cost, computed at preview. It has no remote side and nothing depends on it.
 *
 * @example
 * ```ts
 * const cost = new CostEstimate("tutor-cost", {
 *   ...{ model: "gpt-4o-mini-2024-07-18", method: "supervised", trainingType: "Standard", location },
 *   ...{ epochs: 3, trainingTokens: data.tokens.total.sum, deploymentSku: "Standard", deploy: true },
 *   budget: { maxTrainingUsd: 20 },
 * });
 * export const price = cost.estimate.trainingUsd; // { low, high }, at preview
 * ```
 */
export class CostEstimate extends lateBoundResource<CostEstimateArgs, CostEstimateState>()({
  type: "CostEstimate",
  handler: "dynamic-providers/cost-estimate/handler.ts",
  known: ["estimate"],
}) {}
