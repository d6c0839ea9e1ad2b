import type { TrainedModelState } from "../dynamic-providers/trained-model/schema";

/** From here on a model plainly overfits: the bound of `up`'s own warning (dynamic-providers/trained-model/evaluation.ts). */
const PLAIN = 1.2;
/** A rise over the whole validation file is no noise of a batch; with less than this it may be. */
const BEGINNING = 1.05;

type Losses = Pick<TrainedModelState, "trainingLoss" | "validationLoss">;

/**
 * What the report says when the validation loss ended above its best while the training loss fell.
 * @param wholeFile - whether the validation losses are over the whole file, not over a batch
 */
export function overfitting({ trainingLoss, validationLoss }: Losses, wholeFile: boolean): string | undefined {
  if (!trainingLoss || !validationLoss || trainingLoss.last >= trainingLoss.first) return undefined;
  const { last, best, bestStep } = validationLoss;
  if (last <= best * (wholeFile ? BEGINNING : PLAIN)) return undefined;
  const above = Math.round(100 * (last / best - 1));
  const verdict = last > best * PLAIN ? "The model overfits" : "The model begins to overfit";
  return `${verdict}: the validation loss ended at ${last.toPrecision(4)}, ${above}% above its best (${best.toPrecision(4)} at step ${bestStep}), while the training loss fell to ${trainingLoss.last.toPrecision(4)}. Fewer epochs, more varied examples or deploy.checkpoint: best may help.`;
}
