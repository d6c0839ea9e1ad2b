import type { Pipeline } from "./pipeline";
import type { Verdict } from "./verdict";
import { GATE_TYPE, rejected } from "./versions";

/**
 * Why an `up` that first makes other changes is known to end with an error, one sentence; none where it is not, or where the verdict itself says so.
 */
export function knownErrors(pipeline: Pipeline): string[] {
  const why = rejected(pipeline);
  const others = pipeline.all.some(({ type, operation }) => operation !== "same" && type !== GATE_TYPE);
  return why === undefined || !others ? [] : [`\`up\` ends with an error after everything else: ${why}`];
}

/** Verdicts of which `up` ends with an error, whatever else there is. */
const ERRORS: Verdict[] = ["blocked", "rejected"];

/** Whether `up` would end with an error, as far as a preview knows: then the preview ends with one, too. */
export function upFails({
  verdict,
  models,
  errors,
}: {
  verdict: Verdict;
  models: { verdict: Verdict }[];
  errors: string[];
}): boolean {
  return errors.length > 0 || [{ verdict }, ...models].some((one) => ERRORS.includes(one.verdict));
}
