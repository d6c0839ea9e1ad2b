import { messageOf } from "../../azure-openai/message-of";
import type { DataPlane } from "../../azure-openai/data-plane";
import { isTerminal } from "../../azure-openai/remote-jobs";
import { readAccountLimits } from "../runtime/account-limits";
import type { Context } from "../runtime/context";
import { dataPlaneIfAny } from "../runtime/data-plane";
import type { Say } from "../runtime/say";
import { isUnknown } from "../runtime/unknown";
import { requireDeploymentSlot } from "./deployment-slots";
import { objectionsOf } from "./objections-of";
import { requireDeployments } from "./require-deployments";
import type { FineTuningJobInputs } from "./schema";

/**
 * What is to be known right before a job is paid: that the account takes one more, and that its model will find room where it is to be
 * deployed. What can't be read is said, and is no reason to stop.
 *
 * @throws Error with the figures and what to do
 */
export async function preflight(
  context: Context,
  dataPlane: DataPlane,
  inputs: FineTuningJobInputs,
  say: Say,
): Promise<void> {
  try {
    await requireAll(context, dataPlane, inputs, say);
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(`No job was submitted, and nothing was charged. ${reason}`, { cause: error });
  }
}

/**
 * The same at a preview, as what speaks against the run: nothing where all is well, or where it can't be known. An account that this run
 * makes has no limits yet, but its region has quotas.
 */
export async function preflightObjections(context: Context, inputs: FineTuningJobInputs, say: Say): Promise<string[]> {
  const { accountId, marker } = inputs;
  // Which training it will be is not known yet: the same files may have been trained on.
  if (isUnknown(marker)) return [];
  const exists = !isUnknown(accountId) && !context.plan.accounts.isMade(accountId);
  return objectionsOf(async () => {
    await requireAll(context, exists ? await dataPlaneIfAny(context, accountId) : undefined, inputs, say);
  });
}

async function requireAll(context: Context, dataPlane: DataPlane | undefined, inputs: FineTuningJobInputs, say: Say) {
  if (dataPlane) {
    await requireJobLimits(context, dataPlane, inputs.accountId, say);
    await requireDeploymentSlot(context, inputs);
  }
  await requireDeployments(context, inputs, say);
}

async function requireJobLimits(context: Context, dataPlane: DataPlane, accountId: string, say: Say): Promise<void> {
  const limit = await readAccountLimits(context, accountId, say);
  const [most, atOnce] = [limit("MaxFineTuneCount"), limit("MaxRunningFineTuneCount")];
  if (most === undefined && atOnce === undefined) return;
  const jobs = await dataPlane.jobs.list();
  if (most !== undefined && jobs.length >= most) {
    throw new Error(
      `The account holds ${jobs.length} of ${most} fine-tuning jobs (MaxFineTuneCount): delete jobs that are not needed, then run \`pulumi up\` again.`,
    );
  }
  const running = jobs.filter(({ status }) => !isTerminal(status) && status !== "paused").length;
  if (atOnce !== undefined && running >= atOnce) {
    say(
      `the account has ${running} unfinished jobs and runs ${atOnce} at a time; this one will wait in the queue, which costs nothing`,
    );
  }
}
