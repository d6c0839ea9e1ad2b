import type { Context } from "../runtime/context";
import { dataPlaneIfAny } from "../runtime/data-plane";
import { lookUpJob } from "../fine-tuning-job/look-up-job";
import { hasUnknown } from "../runtime/unknown";
import type { TrainedModelInputs } from "./schema";
import { decide, readOutcome, type TrainingOutcome } from "./training-outcome";

/** What `check` answers. */
export interface Checked {
  inputs: TrainedModelInputs;
  failures: { property: string; reason: string }[];
}

/**
 * The inputs of a model that is to be created, with its name where its job was there before this run and has succeeded: so a preview knows
 * whether the deployment changes, and that the gate would stop `up`. In an `up` a job that it has submitted itself is not asked: the
 * preview could not know it, and a saved plan holds `up` to the inputs of the preview.
 */
export async function withModelThere(context: Context, inputs: TrainedModelInputs): Promise<Checked> {
  const trained = hasUnknown(inputs) ? undefined : await outcomeThere(context, inputs);
  if (!trained) return { inputs, failures: [] };
  try {
    return { inputs: { ...inputs, fineTunedModel: decide(inputs, trained).name }, failures: [] };
  } catch (error) {
    return { inputs, failures: [{ property: "gate", reason: (error as Error).message }] };
  }
}

/** Reads, and never throws: what can't be read now `up` finds out. */
async function outcomeThere(
  context: Context,
  { accountId, jobId }: TrainedModelInputs,
): Promise<TrainingOutcome | undefined> {
  if (!context.plan.isThere(jobId)) return undefined;
  try {
    const dataPlane = await dataPlaneIfAny(context, accountId);
    const job = dataPlane && (await lookUpJob(dataPlane, jobId));
    return job?.status === "succeeded" ? await readOutcome(dataPlane!, job) : undefined;
  } catch {
    return undefined;
  }
}
