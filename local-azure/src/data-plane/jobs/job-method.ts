import { asObject } from "../../http/request";
import type { JobMethod } from "../../world/state";
import { invalidPayload } from "../api/errors";

const types: JobMethod["type"][] = ["supervised", "dpo", "reinforcement"];

/** Checks `method`; kept as it was sent, so that it can be echoed. */
export function readMethod(value: unknown): JobMethod | undefined {
  if (value === undefined || value === null) return undefined;
  const method = asObject(value);
  const type = types.find((candidate) => candidate === method?.type);
  if (!method || !type) throw invalidPayload(`method.type must be one of ${types.join(", ")}.`, "method.type");
  if (type === "reinforcement" && !asObject(asObject(method.reinforcement)?.grader)) {
    throw invalidPayload(
      "method.reinforcement.grader is required for reinforcement fine-tuning.",
      "method.reinforcement.grader",
    );
  }
  return { ...method, type };
}

/** `method.<type>.hyperparameters` as sent. */
export function methodHyperparameters(method: JobMethod | undefined): unknown {
  return method && asObject(method[method.type])?.hyperparameters;
}
