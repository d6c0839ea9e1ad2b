import { asObject } from "../../http/request";
import type { JobMethod } from "../../world/state";
import { invalidPayload } from "../api/errors";
import { readGrader, requireFormula } from "../graders/read-grader";

const types: JobMethod["type"][] = ["supervised", "dpo", "reinforcement"];

/** Checks `method`; kept as it was sent, so that it can be echoed. */
export function readMethod(value: unknown): JobMethod | undefined {
  if (value === undefined || value === null) return undefined;
  const method = asObject(value);
  const type = types.find((candidate) => candidate === method?.type);
  if (!method || !type) throw invalidPayload(`method.type must be one of ${types.join(", ")}.`, "method.type");
  if (type === "reinforcement") {
    const place = "method.reinforcement.grader";
    const { grader } = asObject(method.reinforcement) ?? {};
    if (!asObject(grader)) throw invalidPayload(`${place} is required for reinforcement fine-tuning.`, place);
    requireFormula(readGrader(grader, place), place);
  }
  return { ...method, type };
}

/** `method.<type>.hyperparameters` as sent. */
export function methodHyperparameters(method: JobMethod | undefined): unknown {
  return method && asObject(method[method.type])?.hyperparameters;
}
