import type { StepMetrics, TrainedModelState } from "./schema";

/** A validation loss this much above its best says that the model learns the training rows by heart. A common rule of thumb. */
const OVERFITTING = 1.2;

type Losses = Pick<TrainedModelState, "trainingLoss" | "validationLoss" | "final" | "best" | "steps" | "warnings">;

/** Validation loss of a step: over the whole file where it was computed, else over a batch. */
export function validationLoss(metrics: StepMetrics): number | undefined {
  return metrics.fullValidLoss ?? metrics.validLoss;
}

/** Token accuracy of a step, on validation rows where there are any. */
export function tokenAccuracy(metrics: StepMetrics): number | undefined {
  return metrics.fullValidTokenAccuracy ?? metrics.validTokenAccuracy ?? metrics.trainTokenAccuracy;
}

/** What the steps of a training say about it. */
export function evaluate(steps: StepMetrics[]): Losses {
  const training = steps.filter((row) => row.trainLoss !== undefined);
  const validated = comparable(steps);
  const best = lowest(validated, validationLoss) ?? lowest(training, (row) => row.trainLoss);
  const validation = validated.length > 0 ? summary(validated, lowest(validated, validationLoss)!) : null;
  return {
    trainingLoss:
      training.length > 0 ? { first: training[0]!.trainLoss!, last: training[training.length - 1]!.trainLoss! } : null,
    validationLoss: validation,
    final: steps[steps.length - 1] ?? null,
    best: best ?? null,
    steps: steps[steps.length - 1]?.step ?? 0,
    warnings: overfitting(validation),
  };
}

/** Losses over the whole validation file and over one batch are not comparable: the first where there are any, else the second. */
function comparable(steps: StepMetrics[]): StepMetrics[] {
  const full = steps.filter((row) => row.fullValidLoss !== undefined);
  return full.length > 0 ? full : steps.filter((row) => row.validLoss !== undefined);
}

function summary(rows: StepMetrics[], best: StepMetrics): NonNullable<TrainedModelState["validationLoss"]> {
  return {
    first: validationLoss(rows[0]!)!,
    last: validationLoss(rows[rows.length - 1]!)!,
    best: validationLoss(best)!,
    bestStep: best.step,
  };
}

function lowest(rows: StepMetrics[], loss: (row: StepMetrics) => number | undefined): StepMetrics | undefined {
  return rows.reduce<StepMetrics | undefined>(
    (best, row) => (best === undefined || loss(row)! < loss(best)! ? row : best),
    undefined,
  );
}

function overfitting(validation: TrainedModelState["validationLoss"]): string[] {
  if (!validation || validation.last <= validation.best * OVERFITTING) return [];
  const above = Math.round(100 * (validation.last / validation.best - 1));
  return [
    `The validation loss ended at ${validation.last.toPrecision(4)}, ${above} % above its best (${validation.best.toPrecision(4)} at step ${validation.bestStep}): the model overfits. Fewer epochs, or \`deploy.checkpoint: best\`, may give a better model.`,
  ];
}
