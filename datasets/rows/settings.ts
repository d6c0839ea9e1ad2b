import { type Catalog, findModel, type Method, shippedCatalog } from "../../catalog";
import type { GraderDemands } from "../../graders/demands";
import { OptionError } from "../option-error";
import type { RowSettings } from "../rules/row-rules";

/** Everything that decides the result of checking a row; plain data that a worker thread can be handed. */
export interface ExamineSettings extends RowSettings {
  encoding: "o200k_base" | "cl100k_base";
  /** Tokens per example that the service takes; absent: not published. */
  trainingContext?: number;
  /** Tokens from which an example may be cut. */
  truncationFrom?: number;
}

/**
 * Settings for a model and method.
 *
 * @throws OptionError for a model that the catalog does not know: its encoding decides every count.
 */
export function examineSettings(
  model: string,
  method: Method,
  catalog: Catalog = shippedCatalog,
  grader?: GraderDemands,
): ExamineSettings {
  const known = findModel(model, catalog);
  if (!known) {
    const names = catalog.models.map(({ id }) => id).join(", ");
    throw new OptionError(
      "model",
      `The catalog has no model '${model}', so its encoding and limits are unknown. Models: ${names}. You can add it in a catalog file.`,
    );
  }
  const { maxImagesPerExample, maxImageBytes } = catalog.limits;
  return {
    method,
    model: known.id,
    encoding: known.encoding,
    vision: known.vision,
    trainingContext: known.trainingContext,
    truncationFrom: known.truncationFrom,
    maxImagesPerExample,
    maxImageBytes,
    ...(grader && method === "reinforcement" ? { grader } : {}),
  };
}
