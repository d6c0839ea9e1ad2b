import { lateBoundResource } from "../runtime/late-bound-resource";
import type { DeploymentQuotaArgs, DeploymentQuotaState } from "./schema";

/**
 * The capacity that a deployment needs, where one deployment follows another under the same name. A deployment that takes its name from
 * here is deleted before this is replaced, and created after the capacity of the old one has been released.
 *
 * @example
 * ```ts
 * const quota = new DeploymentQuota("tutor-quota", {
 *   ...{ accountId, location, deploymentName: "tutor", fineTunedModel: trained.fineTunedModel, sku: "Standard", capacity: 10 },
 * });
 * export const freedName = quota.deploymentName; // hand it to the deployment
 * ```
 */
export class DeploymentQuota extends lateBoundResource<DeploymentQuotaArgs, DeploymentQuotaState>()({
  type: "DeploymentQuota",
  handler: "dynamic-providers/deployment-quota/handler.ts",
  known: ["deploymentName"],
}) {}
