import { AzureError } from "../../http/azure-error";
import { findModel, type ModelInfo } from "../../models/find-model";
import type { AccountRecord, DeploymentRecord } from "../../world/state";
import type { World } from "../../world/world";
import type { Call } from "../api/call";
import { invalidRequest } from "./chat-error";

/** @throws AzureError while the deployment is not there, or not warm yet: Resource Manager's Succeeded comes earlier */
export function servingDeployment({ account, now }: Call, name: string | undefined): DeploymentRecord {
  const deployment = account.deployments.find((candidate) => candidate.name.toLowerCase() === name?.toLowerCase());
  if (!deployment || deployment.failed || now < deployment.readyAt) {
    throw new AzureError(
      404,
      "DeploymentNotFound",
      "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, " +
        "please wait a moment and try again.",
    );
  }
  if (now < deployment.servingAt) {
    // The code is on record, status and text are a guess.
    throw new AzureError(
      404,
      "DeploymentNotReady",
      `The deployment '${deployment.name}' is not ready yet. Please try again later.`,
    );
  }
  if (deployment.paused === true) {
    // The status is documented, code and text are a guess.
    throw new AzureError(423, "DeploymentPaused", `The deployment '${deployment.name}' is paused.`);
  }
  return deployment;
}

/** The deployment that a request of the v1 API names as its model. @throws AzureError when it names none */
export function namedDeployment({ model }: { model?: string }): string {
  if (model === undefined) throw invalidRequest("you must provide a model parameter", "model");
  return model;
}

const NO_MODEL =
  "No model specified in request. Please provide a model name in the request body or as a x-ms-model-mesh-model-name header.";

/** The deployment that a request of Foundry's model inference API names. @throws AzureError when it names none; recorded */
export function foundryDeployment({ request }: Call, { model }: { model?: string }): string {
  const header = request.headers["x-ms-model-mesh-model-name"];
  const name = model ?? header;
  if (typeof name !== "string") throw new AzureError(400, "no_model_name", NO_MODEL, {}, { details: NO_MODEL });
  return name;
}

/** A model may have been trained in another account (`properties.model.source`). */
export function deployedModel(world: World, account: AccountRecord, { model }: DeploymentRecord): ModelInfo {
  for (const owner of [account, ...world.state.accounts]) {
    const found = findModel(world, owner, model.name);
    if (found) return found;
  }
  throw new AzureError(404, "DeploymentNotFound", `The model '${model.name}' of the deployment no longer exists.`);
}

export function notSupported(operation: string, model: ModelInfo): AzureError {
  return new AzureError(
    400,
    "OperationNotSupported",
    `The ${operation} operation does not work with the specified model, ${model.name}. Please choose different model and try again.`,
  );
}

/** A call keeps the deployment from counting as idle. One write a minute is enough for a rule of days. */
export function markUsed({ world, now }: Call, deployment: DeploymentRecord): void {
  const before = deployment.lastUsedAt;
  deployment.lastUsedAt = now;
  if (now - before > 60_000) world.save();
}
