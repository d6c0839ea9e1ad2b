import { lateBoundResource } from "../runtime/late-bound-resource";
import type { CostEstimateArgs, CostEstimateState } from "./schema";

/** What the training and the hosting will cost, computed at preview. It has no remote side and nothing depends on it. */
export class CostEstimate extends lateBoundResource<CostEstimateArgs, CostEstimateState>()({
  type: "CostEstimate",
  handler: "dynamic-providers/cost-estimate/handler.ts",
  known: ["estimate"],
}) {}
