import { lateBoundResource } from "../runtime/late-bound-resource";
import type { SharedDeploymentArgs, SharedDeploymentState } from "./schema";

/**
 * A deployment in an account that others use too. azure-native's fails where somebody else deploys at the same moment (409
 * RequestConflict), and can't tell its own from theirs: this one waits for its turn, and touches what bears the stack's tag alone.
 *
 * @example
 * ```ts
 * const deployment = new SharedDeployment("tutor-deployment", {
 *   ...{ accountId, deploymentName: "tutor", owner: "my-project/prod", sku: { name: "Standard", capacity: 1 } },
 *   properties: { model: { format: "OpenAI", name: trained.fineTunedModel, version: "1" } },
 * });
 * export const deploymentId = deployment.id;
 * ```
 */
export class SharedDeployment extends lateBoundResource<SharedDeploymentArgs, SharedDeploymentState>()({
  type: "SharedDeployment",
  handler: "dynamic-providers/shared-deployment/handler.ts",
  answered: ["name", "provisioningState", "systemData"],
}) {}
