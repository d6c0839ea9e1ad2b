import { AzureError } from "../http/azure-error";
import { baseModels } from "../models/base-models";
import { findModel } from "../models/find-model";
import { mayDo } from "../rbac/permissions";
import type { AccessToken } from "../sign-in/tokens";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import type { DeploymentBody } from "./deployment-body";
import { ACCOUNT_TYPE, sameName } from "./resources";

export interface DeployableModel {
  /** Base model without version: the quota's name. */
  family: string;
  fineTuned: boolean;
  /** The version that was meant when none was named. */
  version: string;
}

/**
 * The model of a deployment request: a base model by name and version, or one fine-tuned on the account, or on the
 * one that `properties.model.source` names.
 * @throws AzureError DeploymentModelNotSupported, InvalidResourceProperties
 */
export function requireDeployable(
  world: Pick<World, "clock" | "settings" | "state">,
  account: AccountRecord,
  caller: AccessToken,
  { model, sku }: DeploymentBody,
): DeployableModel {
  const base = baseModels.find(
    ({ name, version }) => name === model.name && (model.version === undefined || version === model.version),
  );
  if (model.format === "OpenAI" && base) {
    if (sku.name === "DeveloperTier") throw skuNotSupported(sku.name, model);
    return { family: base.name, fineTuned: false, version: base.version };
  }
  const owner = sourceAccount(world, caller, model) ?? account;
  const tuned = model.format === "OpenAI" ? findModel(world, owner, model.name) : undefined;
  if (tuned?.kind !== "fine-tuned") {
    const described = `Format:${model.format},Name:${model.name},Version:${model.version ?? ""}`;
    const sentence = `The model '${described}' of account deployment is not supported.`;
    throw new AzureError(400, "DeploymentModelNotSupported", sentence);
  }
  if (!tuned.deployable)
    throw new AzureError(400, "DeploymentModelNotSupported", tuned.reason ?? "The model can't be deployed.");
  const family = tuned.base.name;
  if (!tuned.base.tunedSkus.includes(sku.name)) throw skuNotSupported(sku.name, model);
  return { family, fineTuned: true, version: "1" };
}

/** Documented: one token that may read both accounts. Code and text of the refusal: guess. */
function sourceAccount(
  world: Pick<World, "clock" | "settings" | "state">,
  caller: AccessToken,
  { source, sourceAccount: account }: DeploymentBody["model"],
): AccountRecord | undefined {
  const id = source ?? account;
  if (id === undefined) return undefined;
  const found = world.state.accounts.find((one) => sameName(one.id, id));
  if (!found || !mayDo(world, caller.oid, { action: `${ACCOUNT_TYPE}/read` }, found.id)) {
    const sentence = `The source account '${id}' of the model was not found, or you may not read it.`;
    throw new AzureError(400, "InvalidResourceProperties", sentence);
  }
  return found;
}

function skuNotSupported(sku: string, model: DeploymentBody["model"]): AzureError {
  const sentence = `The specified SKU '${sku}' of account deployment is not supported by the model '${model.name}' version: '${model.version ?? ""}'.`;
  return new AzureError(400, "InvalidResourceProperties", sentence);
}
