import { validationLoss } from "./evaluation";
import type { StepMetrics, TrainedModelArgs, TrainedModelState } from "./schema";

type Checkpoint = TrainedModelState["checkpoints"][number];

/** The model to deploy, and the figures by which the gate judges it. */
export interface ChosenModel {
  name: string;
  metrics: StepMetrics | null;
}

/**
 * The model, or the checkpoint of it that `wanted` names. The service keeps the checkpoints of the last three epochs; the last one bears
 * the model's own name.
 *
 * @throws Error when there is no such checkpoint, with those that there are
 */
export function chooseCheckpoint(
  wanted: TrainedModelArgs["checkpoint"],
  model: string,
  final: StepMetrics | null,
  checkpoints: Checkpoint[],
): ChosenModel {
  const last = { name: model, metrics: lastFigures(final, checkpoints) };
  if (wanted === "last" || wanted === "evaluated") return last;
  if (wanted === "best") return best(checkpoints) ?? last;
  const found = checkpoints.find((checkpoint) => checkpoint.step === wanted);
  if (found) return found;
  const steps = checkpoints.map((checkpoint) => checkpoint.step).sort((a, b) => a - b);
  throw new Error(
    `deploy.checkpoint is ${wanted}, but the job has no checkpoint at that step; it has: ${steps.join(", ") || "none"}. Use one of them, "last" or "best".`,
  );
}

/** The last step, with the validation reward of the last evaluation where it had none of its own (`eval_interval`). */
export function finalFigures({
  final,
  validationReward,
}: Pick<TrainedModelState, "final" | "validationReward">): StepMetrics | null {
  return final && validationReward ? { fullValidReward: validationReward.last, ...final } : final;
}

/** The last row of the results may lack the figures of the whole validation file; the last checkpoint has them. */
function lastFigures(final: StepMetrics | null, checkpoints: Checkpoint[]): StepMetrics | null {
  const last = checkpoints.find((checkpoint) => checkpoint.step === final?.step);
  return final && last ? { ...final, ...last.metrics } : final;
}

/**
 * Lowest validation loss, or training loss where no validation was done; of a reinforcement job, which has no losses, the highest reward over the
 * validation file, or of a batch where there is none. The later one of equals.
 */
function best(checkpoints: Checkpoint[]): Checkpoint | undefined {
  const validated = checkpoints.some(({ metrics }) => metrics.fullValidReward !== undefined);
  const reward = ({ fullValidReward, trainReward }: StepMetrics) => (validated ? fullValidReward : trainReward);
  const judged = ({ metrics }: Checkpoint) =>
    validationLoss(metrics) ?? metrics.trainLoss ?? -(reward(metrics) ?? -Infinity);
  return checkpoints.reduce<Checkpoint | undefined>((chosen, checkpoint) => {
    if (!chosen || judged(checkpoint) < judged(chosen)) return checkpoint;
    return judged(checkpoint) === judged(chosen) && checkpoint.step > chosen.step ? checkpoint : chosen;
  }, undefined);
}
