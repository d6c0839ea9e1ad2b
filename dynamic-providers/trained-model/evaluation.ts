import type { StepMetrics, TrainedModelState } from "./schema";

/** A validation loss this much above its best says that the model learns the training rows by heart. A common rule of thumb. */
const OVERFITTING = 1.2;
const LOST_GAIN = 0.2;

type Losses = Pick<TrainedModelState, "trainingLoss" | "validationLoss">;
type Rewards = Pick<TrainedModelState, "trainingReward" | "validationReward">;
type Evaluated = Losses & Rewards & Pick<TrainedModelState, "final" | "best" | "steps" | "warnings">;

/** First, last and best of a figure over the validation rows. */
type Summary = NonNullable<Losses["validationLoss"]>;
type Figure = (row: StepMetrics) => number | undefined;

/** Validation loss of a step: over the whole file where it was computed, else over a batch. */
export function validationLoss(metrics: StepMetrics): number | undefined {
  return metrics.fullValidLoss ?? metrics.validLoss;
}

/** Token accuracy of a step, on validation rows where there are any. */
export function tokenAccuracy(metrics: StepMetrics): number | undefined {
  return metrics.fullValidTokenAccuracy ?? metrics.validTokenAccuracy ?? metrics.trainTokenAccuracy;
}

/** What the steps of a training say about it. */
export function evaluate(steps: StepMetrics[]): Evaluated {
  const losses = { training: withFigure(steps, trainLoss), validation: comparable(steps) };
  const rewards = { training: withFigure(steps, trainReward), validation: withFigure(steps, validReward) };
  const validation = losses.validation.length > 0 ? summary(losses.validation, validationLoss, "lowest") : null;
  const rewarded = rewards.validation.length > 0 ? summary(rewards.validation, validReward, "highest") : undefined;
  const best =
    extreme(losses.validation, validationLoss, "lowest") ??
    extreme(losses.training, trainLoss, "lowest") ??
    extreme(rewards.validation, validReward, "highest") ??
    extreme(rewards.training, trainReward, "highest");
  return {
    trainingLoss: ends(losses.training, trainLoss) ?? null,
    validationLoss: validation,
    trainingReward: ends(rewards.training, trainReward),
    validationReward: rewarded,
    final: steps[steps.length - 1] ?? null,
    best: best ?? null,
    steps: steps[steps.length - 1]?.step ?? 0,
    warnings: [overfitting(validation), fallenReward(rewarded)].filter((warning) => warning !== undefined),
  };
}

const trainLoss: Figure = (row) => row.trainLoss;
const trainReward: Figure = (row) => row.trainReward;
const validReward: Figure = (row) => row.fullValidReward;

function withFigure(steps: StepMetrics[], figure: Figure): StepMetrics[] {
  return steps.filter((row) => figure(row) !== undefined);
}

/** Losses over the whole validation file and over one batch are not comparable: the first where there are any, else the second. */
function comparable(steps: StepMetrics[]): StepMetrics[] {
  const full = withFigure(steps, (row) => row.fullValidLoss);
  return full.length > 0 ? full : withFigure(steps, (row) => row.validLoss);
}

function ends(rows: StepMetrics[], figure: Figure): { first: number; last: number } | undefined {
  if (rows.length === 0) return undefined;
  return { first: figure(rows[0]!)!, last: figure(rows[rows.length - 1]!)! };
}

/** @param rows - at least one, each with the figure */
function summary(rows: StepMetrics[], figure: Figure, which: "lowest" | "highest"): Summary {
  const best = extreme(rows, figure, which)!;
  return { ...ends(rows, figure)!, best: figure(best)!, bestStep: best.step };
}

/** The first of equals. */
function extreme(rows: StepMetrics[], figure: Figure, which: "lowest" | "highest"): StepMetrics | undefined {
  const sign = which === "lowest" ? 1 : -1;
  return rows.reduce<StepMetrics | undefined>(
    (best, row) => (best === undefined || sign * figure(row)! < sign * figure(best)! ? row : best),
    undefined,
  );
}

function overfitting(validation: Losses["validationLoss"]): string | undefined {
  if (!validation || validation.last <= validation.best * OVERFITTING) return undefined;
  const above = Math.round(100 * (validation.last / validation.best - 1));
  return `The validation loss ended at ${validation.last.toPrecision(4)}, ${above}% above its best (${validation.best.toPrecision(4)} at step ${validation.bestStep}): the model overfits. Fewer epochs, or \`deploy.checkpoint: best\`, may give a better model.`;
}

/**
 * Why an earlier checkpoint may be better: more than a fifth of what the validation reward had gained was lost again. The share is a convention of
 * this program; it is one of the gain, since rewards have no scale of their own.
 */
export function fallenReward(validation: Rewards["validationReward"]): string | undefined {
  if (!validation) return undefined;
  const { first, last, best, bestStep } = validation;
  if (best - last <= LOST_GAIN * (best - first)) return undefined;
  return `The validation reward ended at ${last.toPrecision(4)}, below its best (${best.toPrecision(4)} at step ${bestStep}). Fewer epochs, or \`deploy.checkpoint: best\`, may give a better model.`;
}
