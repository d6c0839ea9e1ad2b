import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json";
import { sentExtraBody } from "./extra-body";
import type { Hyperparameters } from "./hyperparameters";
import type { FineTuningJobArgs } from "./schema";
import { wireTrainingType } from "./training-type";

/** What decides the trained model, and nothing else. */
export type TrainingKeyArgs = Pick<
  FineTuningJobArgs,
  | "model"
  | "method"
  | "hyperparameters"
  | "grader"
  | "responseFormat"
  | "seed"
  | "trainingType"
  | "extraBody"
  | "trainingSha256"
  | "validationSha256"
>;

/**
 * SHA-256 hex over what decides the trained model: a change of it means a new training. Values that equal the default are left out,
 * so that spelling a default out, or a new option with a default, changes no key that exists.
 * Not in it: names, paths, file ids, suffix, metadata, integrations, retry.
 */
export function trainingKey(args: TrainingKeyArgs): string {
  const hyperparameters = withoutDefaults(args.hyperparameters);
  const trainingType = wireTrainingType(args.trainingType) ?? args.trainingType;
  const content = {
    model: args.model,
    method: args.method === "supervised" ? undefined : args.method,
    hyperparameters: Object.keys(hyperparameters).length > 0 ? hyperparameters : undefined,
    grader: args.grader,
    responseFormat: args.responseFormat,
    seed: args.seed,
    trainingType: trainingType === "Standard" ? undefined : trainingType.toLowerCase(),
    extraBody: sentExtraBody(args.extraBody),
    trainingSha256: args.trainingSha256,
    validationSha256: args.validationSha256,
  };
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

/** `auto` and `default` are what the service does when a hyperparameter is not sent. */
function withoutDefaults(hyperparameters: Hyperparameters = {}): Partial<Hyperparameters> {
  return Object.fromEntries(
    Object.entries(hyperparameters).filter(
      ([, value]) => value !== undefined && value !== null && value !== "auto" && value !== "default",
    ),
  );
}
