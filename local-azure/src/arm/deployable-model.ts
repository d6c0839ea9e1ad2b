import { AzureError } from "../azure-error";
import { baseModels } from "../data-plane/base-models";
import { findModel } from "../data-plane/models";
import type { AccountRecord } from "../state";
import type { World } from "../world";
import type { DeploymentBody } from "./deployment-body";

export interface DeployableModel {
  /** Base model without version: the quota's name. */
  family: string;
  fineTuned: boolean;
  /** The version that was meant when none was named. */
  version: string;
}

/**
 * The model of a deployment request: a base model by name and version, or one fine-tuned on the account.
 * @throws AzureError DeploymentModelNotSupported, InvalidResourceProperties
 */
export function requireDeployable(
  world: World,
  account: AccountRecord,
  { model, sku }: DeploymentBody,
): DeployableModel {
  const base = baseModels.find(
    ({ name, version }) => name === model.name && (model.version === undefined || version === model.version),
  );
  if (model.format === "OpenAI" && base) {
    if (sku.name === "DeveloperTier") {
      throw skuNotSupported(sku.name, model);
    }
    return { family: base.name, fineTuned: false, version: base.version };
  }
  const tuned = model.format === "OpenAI" ? findModel(world, account, model.name) : undefined;
  if (tuned?.kind !== "fine-tuned") {
    const described = `Format:${model.format},Name:${model.name},Version:${model.version ?? ""}`;
    const sentence = `The model '${described}' of account deployment is not supported.`;
    throw new AzureError(400, "DeploymentModelNotSupported", sentence);
  }
  if (!tuned.deployable) {
    throw new AzureError(400, "DeploymentModelNotSupported", tuned.reason ?? "The model can't be deployed.");
  }
  const family = tuned.base.name;
  if (sku.name === "DeveloperTier" && NO_DEVELOPER_TIER.includes(family)) {
    throw skuNotSupported(sku.name, model);
  }
  return { family, fineTuned: true, version: "1" };
}

/** "Developer deployment is not supported for gpt-4o and gpt-4o-mini" (deployment guide, 2026-10). */
const NO_DEVELOPER_TIER = ["gpt-4o", "gpt-4o-mini"];

function skuNotSupported(sku: string, model: DeploymentBody["model"]): AzureError {
  const sentence = `The specified SKU '${sku}' of account deployment is not supported by the model '${model.name}' version: '${model.version ?? ""}'.`;
  return new AzureError(400, "InvalidResourceProperties", sentence);
}
