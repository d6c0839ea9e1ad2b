import { isProvisioned } from "../catalog";
import type { CostEstimateArgs } from "../dynamic-providers/cost-estimate/schema";

/** A deployment, and the base model's own beside it. */
export interface HostedModel {
  enabled: boolean;
  sku: string;
  capacity: number;
  baseModel?: Sized;
}

interface Sized {
  sku: string;
  capacity: number;
}

/** What a CostEstimate needs to know of deployments. */
export function hostedAt({
  enabled,
  baseModel,
  ...deployment
}: HostedModel): Pick<CostEstimateArgs, "deploy" | "deploymentSku" | "capacity" | "baseModel"> {
  const beside = enabled ? baseModel : undefined;
  return {
    ...{ deploy: enabled, deploymentSku: deployment.sku, capacity: unitsOf(deployment) },
    baseModel: beside && { sku: beside.sku, capacity: unitsOf(beside) },
  };
}

/** Capacity where it decides the price. */
function unitsOf({ sku, capacity }: Sized): number | undefined {
  return isProvisioned(sku) ? capacity : undefined;
}
