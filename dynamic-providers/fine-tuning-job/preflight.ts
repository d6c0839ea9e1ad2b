import { messageOf } from "../../azure-openai/message-of";
import type { DataPlane } from "../../azure-openai/data-plane";
import { isTerminal } from "../../azure-openai/remote-jobs";
import { readAccountLimits } from "../runtime/account-limits";
import type { Context } from "../runtime/context";
import { requireRoom } from "../deployment-preflight/require-room";
import type { Say } from "../runtime/say";
import { requireDeploymentSlot } from "./deployment-slots";
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
    await requireJobLimits(context, dataPlane, inputs.accountId, say);
    const { deployment, accountId, location, model } = inputs;
    if (!deployment) return;
    await requireDeploymentSlot(context, inputs);
    const { baseModel, evaluation, ...tuned } = deployment;
    if (evaluation) await requireRoom(context, { ...evaluation, accountId, location, model, temporary: true }, say);
    await requireRoom(context, { ...tuned, accountId, location, model }, say);
    if (!baseModel) return;
    const { name, ...wanted } = baseModel;
    await requireRoom(context, { ...wanted, accountId, location, model, base: true, takesPlaceOf: name }, say);
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(`No job was submitted, and nothing was charged. ${reason}`, { cause: error });
  }
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
      `${running} jobs of the account have not ended, and ${atOnce} run at once: this one will wait in the queue, which costs nothing`,
    );
  }
}
