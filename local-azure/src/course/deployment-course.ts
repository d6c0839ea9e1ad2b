import type { DeploymentRecord } from "../world/state";
import type { World } from "../world/world";

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;

/**
 * "A customized model's deployment that has been inactive for more than 15 days is deleted": no chat call for 15 days
 * in a row (fine-tuning guide, "Clean up your deployments").
 */
export const IDLE_LIMIT_MS = 15 * DAY;
/** A Developer deployment ends 24 h after its creation, used or not (deployment types guide). */
export const DEVELOPER_LIMIT_MS = 24 * HOUR;

/** Where a deployment is by the clock. */
export interface DeploymentPhase {
  provisioningState: "Creating" | "Succeeded" | "Failed";
  /** Whether chat is answered: some time after ARM says Succeeded. */
  serving: boolean;
}

export function deploymentPhase(world: Pick<World, "clock">, deployment: DeploymentRecord): DeploymentPhase {
  const now = world.clock.now();
  const end = deployment.failed ? "Failed" : "Succeeded";
  return {
    provisioningState: now >= deployment.readyAt ? end : "Creating",
    serving: !deployment.failed && now >= deployment.servingAt,
  };
}

/** The moment a deployment of a fine-tuned model is deleted by the service itself; Infinity for base models. */
export function endsAt(deployment: DeploymentRecord): number {
  if (!deployment.fineTuned) return Infinity;
  const idle = Math.max(deployment.readyAt, deployment.lastUsedAt) + IDLE_LIMIT_MS;
  return isDeveloperTier(deployment) ? Math.min(idle, deployment.readyAt + DEVELOPER_LIMIT_MS) : idle;
}

export function isDeveloperTier({ sku }: Pick<DeploymentRecord, "sku">): boolean {
  return sku.name.toLowerCase() === "developertier";
}
