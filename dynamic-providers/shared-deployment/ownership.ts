import type { Deployment } from "@azure/arm-cognitiveservices";
import { sameName } from "../../format/same-name";
import { isTunedName } from "../../azure-openai/model-names";
import { parseAccountId } from "../../azure-openai/account-reference";
import { isUnknown } from "../runtime/unknown";
import type { SharedDeploymentInputs } from "./schema";

/** Tag by which a stack knows its deployments; its value is `project/stack`. */
export const OWNER_TAG = "azure-openai-finetune-stack";

/**
 * Whether a deployment is this stack's: by its tag; without one by its model, which nobody else can have trained. A base model is
 * everybody's, and says nothing.
 */
export function isOwn(deployment: Deployment, { owner, properties }: SharedDeploymentInputs): boolean {
  const tag = deployment.tags?.[OWNER_TAG];
  if (tag !== undefined) return tag === owner;
  const model = deployment.properties?.model?.name;
  return model !== undefined && isTunedName(model) && sameName(model, properties.model.name);
}

/** Why a deployment cannot be created under a name that somebody else's has. */
export function takenBy(deployment: Deployment, { accountId, deploymentName, properties }: SharedDeploymentInputs) {
  const tag = deployment.tags?.[OWNER_TAG];
  const model = deployment.properties?.model?.name;
  const whose = tag === undefined ? "which this stack did not create" : `which belongs to the stack ${tag}`;
  const name = `${deploymentName}${model === undefined ? "" : ` (${model})`}`;
  const wanted = properties.model.name;
  const wayOut =
    isUnknown(wanted) || isTunedName(wanted)
      ? "Choose another deploy.name."
      : "Set deploy.baseModel.enabled to false; `npm run evaluate` can still compare with that deployment.";
  return `The account ${parseAccountId(accountId).accountName} already has a deployment named ${name}, ${whose}. That deployment was left unchanged. ${wayOut}`;
}
