import { deploymentPhase } from "../course/deployment-course";
import { servingCapabilities } from "../models/capabilities";
import { findBaseModel } from "../models/find-model";
import type { AccountRecord, DeploymentRecord } from "../world/state";
import type { World } from "../world/world";
import { ACCOUNT_TYPE, etag, systemData } from "./resources";

/** A deployment as Resource Manager shows it; rate limits as recorded from Azure: per unit, 1 request in 10 s and 1,000 tokens in 60 s. */
export function deploymentView(
  world: Pick<World, "clock">,
  account: AccountRecord,
  deployment: DeploymentRecord,
  provisioningState: string = deploymentPhase(world, deployment).provisioningState,
) {
  const { capacity } = deployment.sku;
  // A tuned model can do what its base model can, also after its job was deleted.
  const base = findBaseModel(deployment.model.name.split(".ft-")[0]!);
  return {
    id: `${account.id}/deployments/${deployment.name}`,
    name: deployment.name,
    type: `${ACCOUNT_TYPE}/deployments`,
    etag: etag(deployment),
    sku: deployment.sku,
    ...(deployment.tags && { tags: deployment.tags }),
    systemData: systemData(deployment),
    properties: {
      ...(!deployment.fineTuned && { versionUpgradeOption: "OnceNewDefaultVersionAvailable" }),
      ...deployment.properties,
      model: deployment.model,
      currentCapacity: capacity,
      capabilities: base ? servingCapabilities(base) : {},
      rateLimits: [
        { key: "request", renewalPeriod: 10, count: capacity },
        { key: "token", renewalPeriod: 60, count: 1000 * capacity },
      ],
      // Documented since 2026-03-15-preview; shown only where it was ever paused.
      ...(deployment.paused !== undefined && { deploymentState: deployment.paused ? "Paused" : "Running" }),
      provisioningState,
    },
  };
}
