import type { StepMetrics } from "../dynamic-providers/trained-model/schema";

/** How far the loss on the training rows and the loss on the validation rows are apart. */
export interface LossGap {
  /** Step of the last whole-file validation, the one that the gap is at. */
  step: number;
  /** Mean training loss of the steps since the evaluation before it. */
  training: number;
  /** Loss over the whole validation file. */
  validation: number;
  /** The sentence that the report shows; absent while the gap is not wide. */
  wide?: string;
}

/**
 * From here on a gap is called wide. Losses are cross-entropies in nats per token: a gap of ln 2 = 0.69 says that the model holds a token of
 * the validation rows, in the geometric mean, for half as probable as one of the training rows. Where wide begins is a convention of this
 * report: no source gives a bound, since a gap depends on the data.
 */
export const WIDE = Math.LN2;

/**
 * The gap at the last step with a whole-file validation. Only that is compared: one validation batch is a few rows, and its loss goes up and
 * down with which rows they are. A training step's loss is of one batch too, so the training side is the mean since the evaluation before,
 * which is one epoch: each training row counts once, and the mean is one over the whole training file, as is the validation side.
 *
 * A gap is no proof of overfitting, which needs a validation loss that rises (overfitting.ts): the files may differ in kind, or the model may
 * have learned the rows by heart without losing anything. So the sentence names possible reasons and no verdict.
 *
 * @param steps - in ascending order
 * @returns undefined before the first whole-file validation, and without training losses
 */
export function lossGap(steps: StepMetrics[]): LossGap | undefined {
  const evaluated = steps.filter(({ fullValidLoss }) => fullValidLoss !== undefined);
  const last = evaluated.at(-1);
  if (!last) return undefined;
  const before = evaluated.at(-2)?.step ?? -Infinity;
  const losses = steps.flatMap(({ step, trainLoss }) => (step > before && step <= last.step ? (trainLoss ?? []) : []));
  if (losses.length === 0) return undefined;
  const training = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const gap = { step: last.step, training, validation: last.fullValidLoss! };
  return gap.validation - training >= WIDE ? { ...gap, wide: sentence(gap) } : gap;
}

function sentence({ step, training, validation }: LossGap): string {
  const times = Math.exp(validation - training);
  return (
    `Wide gap at step ${step}: the loss over the validation file is ${validation.toPrecision(4)}, the mean training loss of that epoch is ` +
    `${training.toPrecision(4)}. To the model, a token of the validation rows is on average ${rounded(times)} times less probable than one of the ` +
    "training rows. Possible causes are overfitting, validation examples that differ from the training examples, or too few training examples."
  );
}

/** Two digits that count. */
function rounded(times: number): string {
  return Number(times.toPrecision(2)).toLocaleString("en-US");
}
