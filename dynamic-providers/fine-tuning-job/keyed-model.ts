import { findModel } from "../../catalog";
import { hasUnknown } from "../runtime/unknown";
import type { FineTuningJobInputs } from "./schema";
import { trainingKey, type TrainingKeyArgs } from "./training-key";

/**
 * The name under which the model goes into the training key: the new one, unless it is another name (an alias, such as `gpt-4o-mini`) of the model
 * that the resource has. Then it is the name of the resource's key, so that another spelling of the same model trains nothing.
 *
 * @param olds - the resource's inputs; none for a new one.
 */
export function keyedModel(olds: Partial<FineTuningJobInputs> | undefined, news: TrainingKeyArgs): string {
  const same = olds?.model === undefined || hasUnknown(news) ? undefined : findModel(news.model);
  if (!same || findModel(olds!.model!)?.id !== same.id) return news.model;
  const keyOf = (model: string) => trainingKey({ ...(olds as FineTuningJobInputs), model });
  return [news.model, same.id, ...same.aliases].find((name) => keyOf(name) === olds!.trainingKey) ?? news.model;
}
