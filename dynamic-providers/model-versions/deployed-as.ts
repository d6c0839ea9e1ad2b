import { sameName } from "../../format/same-name";
import { parseAccountId } from "../../azure-openai/account-reference";
import { AzureFailure } from "../../azure-openai/failure";
import { isTemporaryName } from "../evaluation/temporary-name";
import type { Context } from "../runtime/context";
import { deploymentNameFor } from "../runtime/deployment-name";
import { switchMode } from "../runtime/switch-modes";
import { isUnknown, UNKNOWN } from "../runtime/unknown";
import type { NextVersions } from "./next-versions";
import type { ModelVersion, ModelVersionsInputs } from "./schema";

/** Name that the deployment of a version has by the settings; empty where they are absent. */
export function nameBySettings(
  naming: ModelVersionsInputs["naming"],
  { trainingKey, checkpoint }: Pick<ModelVersion, "trainingKey" | "checkpoint">,
): string {
  if (!naming) return "";
  if (switchMode(naming.switch).namePerModel && (isUnknown(trainingKey) || isUnknown(checkpoint))) return UNKNOWN;
  return deploymentNameFor(naming.name, naming.switch, trainingKey, checkpoint);
}

/**
 * Name of the deployment after this run. Another name is another deployment, and the engine deletes what is replaced only at the end of an `up` that
 * succeeds: while the newest model did not pass, which ends it with an error, both would be hosted. So the name stays as it is.
 *
 * @param olds - the register before this run
 * @param rejected - why the newest model does not serve; empty where it does, or `deploy.version` decides
 */
export async function deployedAs(
  context: Context,
  { served, candidate, before }: Pick<NextVersions, "served" | "candidate" | "before">,
  olds: Partial<ModelVersionsInputs> | undefined,
  { naming, accountId }: ModelVersionsInputs,
  rejected: string,
): Promise<string> {
  const wanted = nameBySettings(naming, served ?? candidate);
  const serves = served !== undefined && before !== undefined && served.version === before.version;
  if (!naming || rejected === "" || !serves || isUnknown(accountId) || isUnknown(served.fineTunedModel)) return wanted;
  const stored = olds?.servedAs || undefined;
  const there = await deploymentsOf(context, accountId, served.fineTunedModel);
  if (!there) return stored ?? wanted;
  // A run that was interrupted may have carried the change out already; of several, one may be somebody else's.
  const known = [wanted, stored].find((name) => name !== undefined && there.includes(name));
  return known ?? (there.length === 1 ? there[0]! : wanted);
}

/** Names of the deployments that serve a model; undefined where they can't be read. */
async function deploymentsOf(context: Context, accountId: string, model: string): Promise<string[] | undefined> {
  const { subscriptionId, resourceGroupName, accountName } = parseAccountId(accountId);
  try {
    const accounts = (await context.azure()).accounts(subscriptionId);
    return (await accounts.deployments(resourceGroupName, accountName))
      .filter(({ properties }) => sameName(properties?.model?.name, model))
      .map(({ name }) => name ?? "")
      .filter((name) => !isTemporaryName(name));
  } catch (error) {
    if (error instanceof AzureFailure) return undefined;
    throw error;
  }
}
