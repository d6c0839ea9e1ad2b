import { z } from "zod";
import type { Method } from "../catalog";
import { hyperparameters, hyperparametersOf as namesOf } from "../dynamic-providers/fine-tuning-job/hyperparameters";
import type { Allowed } from "../dynamic-providers/fine-tuning-job/value-rules";
import { element } from "./schema";

/** The hyperparameters that a method has, each within its range. */
export function hyperparametersOf(method: Method) {
  const fields = namesOf(method).map((name) => [name, allowed(hyperparameters[name].value).optional()]);
  return element(Object.fromEntries(fields) as z.ZodRawShape, `method ${method} has`);
}

function allowed(rule: Allowed<number | string>) {
  const { words, choices } = rule;
  return z.custom<number | string>((value) => rule.accepts(value), { error: words, params: { words: choices } });
}
