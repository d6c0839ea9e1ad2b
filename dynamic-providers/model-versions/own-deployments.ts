import type { Deployment } from "@azure/arm-cognitiveservices";
import { sameName } from "../../format/same-name";
import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import { isTemporaryName } from "../evaluation/temporary-name";
import type { Size } from "../fine-tuning-job/require-deployments";
import { isModelOf } from "../promoted-version/promoted-models";
import type { Context } from "../runtime/context";
import { isUnknown } from "../runtime/unknown";
import { OWNER_TAG } from "../shared-deployment/ownership";
import type { ModelVersion, ModelVersionsInputs } from "./schema";

/** A deployment that is there. */
export interface OwnDeployment extends Size {
  name: string;
}

/** What the stack has of the two deployments that its settings name; absent: it isn't there. */
export interface OwnDeployments {
  served?: OwnDeployment;
  baseModel?: OwnDeployment;
}

/**
 * How large the stack's deployments are: the state holds what was wanted, also where Azure has refused it. At preview the name of a model may be
 * unknown that the state doesn't have: any of its job then counts.
 *
 * @returns "unknown" where they can't be read
 */
export async function ownDeployments(
  context: Context,
  { accountId, owner, deployment }: Pick<ModelVersionsInputs, "accountId" | "owner" | "deployment">,
  { fineTunedModel, jobId }: ModelVersion,
): Promise<OwnDeployments | "unknown"> {
  if (isUnknown(accountId)) return {};
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  const isServed = (model: string) =>
    isUnknown(fineTunedModel) ? isModelOf(model, jobId) : sameName(model, fineTunedModel);
  try {
    const all = await (await context.azure()).accounts(subscriptionId).deployments(resourceGroupName, accountName);
    const serving = all.filter((one) => isServed(one.properties?.model?.name ?? "") && isOwn(one, owner));
    const named = ({ name }: Deployment) => sameName(name, deployment?.takesPlaceOf);
    const baseName = deployment?.baseModel?.name;
    return {
      served: sizeOf(serving.find(named) ?? serving[0]),
      baseModel: sizeOf(all.find(({ name }) => sameName(name, baseName))),
    };
  } catch (error) {
    if (!(error instanceof AzureFailure)) throw error;
    return error.notFound ? {} : "unknown";
  }
}

/** Temporary ones serve nobody, and those of other stacks say by their tag whose they are. */
function isOwn({ name, tags }: Deployment, owner: string | undefined): boolean {
  const tag = tags?.[OWNER_TAG];
  return !isTemporaryName(name ?? "") && (owner === undefined || tag === undefined || tag === owner);
}

function sizeOf(deployment: Deployment | undefined): OwnDeployment | undefined {
  if (!deployment) return undefined;
  const { name = "", sku } = deployment;
  return { name, sku: sku?.name ?? "", capacity: sku?.capacity ?? 0 };
}
