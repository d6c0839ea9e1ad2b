import { requireDeploymentSlot } from "../fine-tuning-job/deployment-slots";
import { objectionsOf } from "../fine-tuning-job/objections-of";
import { deploymentObjections, grows } from "../fine-tuning-job/require-deployments";
import type { Context } from "../runtime/context";
import { sayAs } from "../runtime/say";
import { isUnknown } from "../runtime/unknown";
import type { NextVersions } from "./next-versions";
import { ownDeployments } from "./own-deployments";
import type { ModelVersionsInputs } from "./schema";

type Planned = Pick<NextVersions, "served" | "before" | "wasThere">;

/**
 * Why a version that nothing is trained for can't be deployed, or not as large as it is to be: neither a return to one that is kept, nor a promotion,
 * nor a larger deployment asks for room otherwise, as a training does before it is paid. What is deployed already, as after an interrupted run, needs
 * only what it doesn't have yet. What can't be read is no reason to stop.
 *
 * @param before - the model that served before this run, as the register had it
 * @returns sentences with the figures and what to do
 */
export async function noRoom(
  context: Context,
  inputs: ModelVersionsInputs,
  { served, before, wasThere }: Planned,
  servedBefore: string | undefined,
): Promise<string | undefined> {
  const { accountId, owner, location, deployed, deployment } = inputs;
  if (!deployed || deployment === undefined || served === undefined || isUnknown(served.jobId)) return undefined;
  if (!wasThere && served.promotedFrom === undefined && !context.plan.isThere(served.jobId)) return undefined;
  const there = await ownDeployments(context, inputs, served);
  if (there === "unknown") return undefined;
  const { accountPath, ...wanted } = deployment;
  const { baseModel } = wanted;
  if (!grows(there.served, wanted) && !(baseModel && grows(there.baseModel, baseModel))) return undefined;
  const say = sayAs(context, `model-versions ${served.version}`);
  const lacking = [
    ...(isUnknown(accountId) || there.served
      ? []
      : await objectionsOf(() => requireDeploymentSlot(context, { accountId, owner, deployment: wanted }))),
    ...(await deploymentObjections(
      context,
      { accountId, accountPath, location, model: served.base, deployment: wanted },
      say,
      there.served,
    )),
  ];
  if (lacking.length === 0) return undefined;
  const reasons = lacking.join(" ");
  if (there.served && served.fineTunedModel === servedBefore)
    return `${reasons} The deployment ${there.served.name} was left unchanged.`;
  const stays = before && before.version !== served.version ? ` Version ${before.version} remains deployed.` : "";
  return `Version ${served.version} (${served.jobId}) can't be deployed. ${reasons}${stays}`;
}
