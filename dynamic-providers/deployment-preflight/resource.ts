import { lateBoundResource } from "../runtime/late-bound-resource";
import type { DeploymentPreflightArgs, DeploymentPreflightState } from "./schema";

/**
 * The check that comes before a deployment is deleted to make room for another one. What deletes it takes its name from here, so an `up`
 * that ends here has deleted nothing.
 *
 * @example
 * ```ts
 * const preflight = new DeploymentPreflight("tutor-preflight", {
 *   ...{ accountId, location, deploymentName: "tutor", fineTunedModel: trained.fineTunedModel, sku: "Standard", capacity: 10 },
 * });
 * export const checkedName = preflight.deploymentName;
 * ```
 */
export class DeploymentPreflight extends lateBoundResource<DeploymentPreflightArgs, DeploymentPreflightState>()({
  type: "DeploymentPreflight",
  handler: "dynamic-providers/deployment-preflight/handler.ts",
  known: ["deploymentName"],
}) {}
