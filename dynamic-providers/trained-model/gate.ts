import { tokenAccuracy, validationLoss } from "./evaluation";
import type { StepMetrics, TrainedModelArgs } from "./schema";

/** Why the model may not be deployed: one sentence per figure that misses the gate; none when it may. */
export function gateFailures(gate: TrainedModelArgs["gate"], metrics: StepMetrics | null): string[] {
  const { maxValidationLoss, minTokenAccuracy, minReward } = gate ?? {};
  const failures: string[] = [];
  if (maxValidationLoss !== undefined) {
    const loss = metrics ? validationLoss(metrics) : undefined;
    if (loss === undefined) {
      failures.push(
        `maxValidationLoss is ${maxValidationLoss}, but the job reported no validation loss (is there a validation file?)`,
      );
    } else if (loss > maxValidationLoss) {
      failures.push(`its validation loss is ${loss.toPrecision(4)}, above maxValidationLoss ${maxValidationLoss}`);
    }
  }
  if (minTokenAccuracy !== undefined) {
    const accuracy = metrics ? tokenAccuracy(metrics) : undefined;
    if (accuracy === undefined)
      failures.push(`minTokenAccuracy is ${minTokenAccuracy}, but the job reported no token accuracy`);
    else if (accuracy < minTokenAccuracy)
      failures.push(`its token accuracy is ${accuracy.toPrecision(4)}, below minTokenAccuracy ${minTokenAccuracy}`);
  }
  if (minReward !== undefined) {
    const reward = metrics?.fullValidReward;
    if (reward === undefined) {
      failures.push(
        `minReward is ${minReward}, but no reward on the validation file is known: the job reported none, or its results were read by an earlier version of this program`,
      );
    } else if (reward < minReward) {
      failures.push(`its validation reward is ${reward.toPrecision(4)}, below minReward ${minReward}`);
    }
  }
  return failures;
}
