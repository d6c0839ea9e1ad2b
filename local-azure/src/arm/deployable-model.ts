import { AzureError } from "../http/azure-error";
import { baseModels, type BaseModel, isOfferedOn } from "../models/base-models";
import { findModel } from "../models/find-model";
import { isServed } from "../models/tuned-regions";
import type { AccessToken } from "../sign-in/tokens";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import type { DeploymentBody } from "./deployment-body";
import { normalRegion } from "./resources";
import { sourceAccount } from "./source-account";

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
 * @throws AzureError DeploymentModelNotSupported, InvalidResourceProperties, and what `sourceAccount` throws
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
  const owner = sourceAccount(world, caller, account.id, model) ?? account;
  const tuned = findModel(world, owner, model.name);
  const offered = tuned?.kind === "fine-tuned" && isOfferedOn(tuned.base, account.kind);
  // That an account of a kind which doesn't offer the base model refuses it in the same words is a guess.
  if (tuned?.kind !== "fine-tuned" || !offered || !formats(tuned.base).includes(model.format)) {
    const described = `Format:${model.format},Name:${model.name},Version:${model.version ?? ""}`;
    const sentence = `The model '${described}' of account deployment is not supported.`;
    throw new AzureError(400, "DeploymentModelNotSupported", sentence);
  }
  if (!tuned.deployable)
    throw new AzureError(400, "DeploymentModelNotSupported", tuned.reason ?? "The model can't be deployed.");
  const family = tuned.base.name;
  if (!tuned.base.tunedSkus.includes(sku.name)) throw skuNotSupported(sku.name, model);
  if (!isServed(tuned.base, sku.name, normalRegion(account.location)))
    throw notInRegion(sku.name, tuned.base, account.location);
  return { family, fineTuned: true, version: "1" };
}

/**
 * Formats that deployments of models tuned from it may have. Of gpt-oss-20b sources disagree: `OpenAI-OSS` in the list of models (recorded),
 * `Microsoft` in Microsoft's own skills for agents; both are taken. That another one is refused in these words is a guess: one source
 * tells of a 500 without text.
 */
function formats({ name, format = "OpenAI" }: BaseModel): string[] {
  return name === "gpt-oss-20b" ? [format, "Microsoft"] : [format];
}

function skuNotSupported(sku: string, model: DeploymentBody["model"]): AzureError {
  const sentence = `The specified SKU '${sku}' of account deployment is not supported by the model '${model.name}' version: '${model.version ?? ""}'.`;
  return new AzureError(400, "InvalidResourceProperties", sentence);
}

/** Recorded for base models, in these words; that a tuned one is called by its base model: guess. */
function notInRegion(sku: string, { name, version }: BaseModel, location: string): AzureError {
  const sentence = `The specified SKU '${sku}' for model '${name} ${version}' is not supported in this region '${location}'.`;
  return new AzureError(400, "InvalidResourceProperties", sentence);
}
