import type { Severity } from "./report";
import type { RuleCode } from "./rules/codes";

/** Findings that fill a list without weighing much: of a file of one pattern nearly every line has one. */
const repetitive: readonly RuleCode[] = ["exact-duplicate", "near-duplicate", "nearly-in-training-too", "blank-line"];

/**
 * Order in which findings are shown: what can't be taken back once it was uploaded comes first, then what stops the file, then the rest.
 *
 * @param severity - left out within a list of one severity.
 */
export function weightOf(code: RuleCode, severity: Severity = "warning"): number {
  if (code === "secret") return 0;
  if (code === "personal-data") return 1;
  if (severity === "error") return 2;
  return repetitive.includes(code) ? 4 : 3;
}
