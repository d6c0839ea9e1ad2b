import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import { requireDeploymentSlot } from "../fine-tuning-job/deployment-slots";
import { deploymentObjections } from "../fine-tuning-job/require-deployments";
import { isModelOf } from "../promoted-version/promoted-models";
import type { Context } from "../runtime/context";
import { sayAs } from "../runtime/say";
import { isUnknown } from "../runtime/unknown";
import { objectionsOf } from "../fine-tuning-job/objections-of";
import type { NextVersions } from "./next-versions";
import type { ModelVersion, ModelVersionsInputs } from "./schema";

type Planned = Pick<NextVersions, "served" | "before" | "wasThere">;

/**
 * Why a version that nothing is trained for can't be deployed: neither a return to one that is kept nor a promotion asks for room otherwise, as a
 * training does before it is paid. What is deployed already, as after an interrupted run, needs none. What can't be read is no reason to stop.
 *
 * @param before - the model that served before this run, as the register had it
 * @returns a sentence with the figures and what to do, which begins with the version
 */
export async function noRoom(
  context: Context,
  inputs: ModelVersionsInputs,
  { served, before, wasThere }: Planned,
  servedBefore: string | undefined,
): Promise<string | undefined> {
  const { accountId, owner, location, deployed, deployment } = inputs;
  if (!deployed || deployment === undefined || served === undefined || isUnknown(served.jobId)) return undefined;
  const trainedBefore = wasThere || served.promotedFrom !== undefined || context.plan.isThere(served.jobId);
  if (!trainedBefore || served.fineTunedModel === servedBefore) return undefined;
  if (!isUnknown(accountId) && (await isDeployed(context, accountId, served))) return undefined;
  const { accountPath, ...wanted } = deployment;
  const say = sayAs(context, `model-versions ${served.version}`);
  const lacking = [
    ...(isUnknown(accountId)
      ? []
      : await objectionsOf(() => requireDeploymentSlot(context, { accountId, owner, deployment: wanted }))),
    ...(await deploymentObjections(
      context,
      { accountId, accountPath, location, model: served.base, deployment: wanted },
      say,
    )),
  ];
  if (lacking.length === 0) return undefined;
  const stays = before && before.version !== served.version ? ` Version ${before.version} remains deployed.` : "";
  return `Version ${served.version} (${served.jobId}) can't be deployed. ${lacking.join(" ")}${stays}`;
}

/**
 * True also where it can't be read: Azure decides then. At preview the name of a model may be unknown that the state doesn't have: any of its job
 * then counts.
 */
async function isDeployed(context: Context, accountId: string, { fineTunedModel, jobId }: ModelVersion) {
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  try {
    const accounts = (await context.azure()).accounts(subscriptionId);
    return (await accounts.deployments(resourceGroupName, accountName)).some(({ properties }) => {
      const model = properties?.model?.name ?? "";
      return isUnknown(fineTunedModel) ? isModelOf(model, jobId) : model.toLowerCase() === fineTunedModel.toLowerCase();
    });
  } catch (error) {
    if (!(error instanceof AzureFailure)) throw error;
    return !error.notFound;
  }
}
