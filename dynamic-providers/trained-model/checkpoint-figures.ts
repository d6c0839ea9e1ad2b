import type { RemoteCheckpoint } from "../../azure-openai/remote-jobs";
import { metricsOf } from "./results-table";
import type { StepMetrics, TrainedModelState } from "./schema";

/**
 * Checkpoints in the order of their steps, with the figures by which they are judged. The schema of the checkpoints API has losses and token
 * accuracies alone; whether Azure adds rewards there is not on record. So the rewards that a checkpoint lacks are taken from the results.
 *
 * @param steps - rows of the results, in ascending order
 */
export function checkpointsWithFigures(
  checkpoints: RemoteCheckpoint[],
  steps: StepMetrics[],
): TrainedModelState["checkpoints"] {
  return checkpoints
    .map(({ fine_tuned_model_checkpoint: name, step_number: step, metrics }) => ({
      ...{ name, step },
      metrics: { ...rewardsAt(step, steps), ...metricsOf(metrics, step) },
    }))
    .sort((a, b) => a.step - b.step);
}

/**
 * Rewards of a step. One without an evaluation of its own (`eval_interval`) has the validation reward of the last evaluation before it, since
 * that is the newest that is known of the model of that step.
 */
export function rewardsAt(step: number, steps: StepMetrics[]): Pick<StepMetrics, "trainReward" | "fullValidReward"> {
  const trainReward = steps.find((row) => row.step === step)?.trainReward;
  const evaluated = steps.findLast((row) => row.step <= step && row.fullValidReward !== undefined);
  return {
    ...(trainReward === undefined ? {} : { trainReward }),
    ...(evaluated ? { fullValidReward: evaluated.fullValidReward } : {}),
  };
}
