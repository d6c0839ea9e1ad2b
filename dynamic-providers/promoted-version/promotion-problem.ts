import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import type { RegionModel } from "../../azure-openai/region-model";
import { baseModelName } from "../../catalog";
import { quotaNameOf } from "../deployment-quota/quota-name";
import { PROMOTE, rightsSentence } from "../existing-account/missing-rights";
import type { Context } from "../runtime/context";
import { saysAccountIsGone } from "../runtime/data-plane";
import { regionModels } from "../runtime/region-models";
import { sayAs } from "../runtime/say";
import { kindProblem } from "./kind-problem";
import type { PromotedVersionInputs } from "./schema";

/**
 * Why a version of another stack can't be served here, and what to do; undefined where nothing is known to be in the way. What can't be read now
 * is said, and Azure decides when the model is deployed.
 *
 * @throws Error that is none of Azure's
 */
export async function promotionProblem(context: Context, inputs: PromotedVersionInputs): Promise<string | undefined> {
  return (
    (await sourceProblem(context, inputs)) ?? (await modelProblem(context, inputs)) ?? regionProblem(context, inputs)
  );
}

/** Whether the account on which the model was tuned is there, and may be read: Azure asks for that right when the model is deployed. */
async function sourceProblem(context: Context, { version }: PromotedVersionInputs): Promise<string | undefined> {
  const { stack, version: number, accountId } = version.promotedFrom;
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  const azure = await context.azure();
  try {
    await azure.accounts(subscriptionId).get(resourceGroupName, accountName);
    return undefined;
  } catch (error) {
    if (!(error instanceof AzureFailure)) throw error;
    if (error.forbidden) return rightsSentence([PROMOTE], { accountName, accountId }, await azure.principalId());
    if (saysAccountIsGone(error)) {
      return (
        `Version ${number} of ${stack} can't be promoted: its model was in the account ${accountName} (resource group ${resourceGroupName}), which no longer exists. ` +
        `Run \`pulumi up\` on ${stack} to train it again (you will be charged for that training), or set promote.stack to a stack whose account exists.`
      );
    }
    if (error.code === "SubscriptionNotFound") {
      return (
        `Version ${number} of ${stack} can't be promoted: the subscription ${subscriptionId} of the account ${accountName} is not visible to the signed-in identity. ` +
        "Both accounts have to be in the same tenant, and the identity needs a role on each of them."
      );
    }
    return unknown(context, error);
  }
}

/** Whether the job is still there, and with it the model. */
async function modelProblem(context: Context, { version }: PromotedVersionInputs): Promise<string | undefined> {
  const { stack, version: number, accountId } = version.promotedFrom;
  try {
    const dataPlane = await (await context.azure()).dataPlane(accountId);
    await dataPlane.jobs.get(version.jobId);
    return undefined;
  } catch (error) {
    if (!(error instanceof AzureFailure)) throw error;
    if (!error.notFound) return unknown(context, error);
    return (
      `Version ${number} of ${stack} can't be promoted: ${version.jobId} and its model no longer exist in the account ${parseAccountId(accountId).accountName}. ` +
      `Set promote.version to another version of ${stack} (to list its versions, run \`npm run versions -- --stack ${stack}\` in that stack's project). ` +
      `Or, if this version is for the current data and settings of ${stack}, raise training.retry in that stack and run \`pulumi up\` on it to train again (you will be charged for that training).`
    );
  }
}

/** Whether the region lists the model for the deployment type, on accounts of the target's kind. */
async function regionProblem(context: Context, inputs: PromotedVersionInputs): Promise<string | undefined> {
  const { version, location, sku, accountPath } = inputs;
  if (sku === undefined) return undefined;
  const { subscriptionId } = parseAccountId(accountPath);
  try {
    const models = await regionModels(context, subscriptionId, location);
    const ofKind = kindProblem(inputs, models);
    if (ofKind !== undefined) return ofKind;
    if (quotaNameOf(models, sku, version.fineTunedModel) !== undefined) return undefined;
    const served = servedAs(models, version.fineTunedModel);
    const { stack, version: number } = version.promotedFrom;
    const ways =
      served.length > 0
        ? `Set deploy.sku to ${served.join(" or ")}, or set location to a region that offers this SKU.`
        : "Set location to a region that offers this SKU, or promote a version of another base model.";
    return `Version ${number} of ${stack} can't be promoted: models tuned from ${version.base} can't be deployed in ${location} as ${sku}. ${ways}`;
  } catch (error) {
    if (!(error instanceof AzureFailure)) throw error;
    return kindProblem(inputs) ?? unknown(context, error);
  }
}

/** Deployment types that the region lists for models that were tuned from the same base model. */
function servedAs(models: RegionModel[], model: string): string[] {
  const skus = new Set(models.flatMap((one) => one.skus.map(({ name }) => name)));
  return [...skus].filter((sku) => quotaNameOf(models, sku, baseModelName(model)) !== undefined).sort();
}

function unknown(context: Context, error: AzureFailure): undefined {
  sayAs(context, "promotion")(`could not check whether the model can be deployed here: ${error.message}`);
  return undefined;
}
