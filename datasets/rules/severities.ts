import { nearestOf } from "../nearest";
import { OptionError } from "../option-error";
import type { Severity } from "../report";
import { ruleCodes, type RuleCode, ruleDefaults } from "./codes";

export type Severities = Readonly<Record<RuleCode, Severity>>;

const allowed: readonly unknown[] = ["error", "warning", "off"] satisfies Severity[];

/** Faults that make any other check of a file or row impossible: their severity can't be lowered. */
const fixed: readonly RuleCode[] = [
  "file-missing",
  "file-empty",
  "not-utf8",
  "bad-json",
  "not-an-object",
  "foreign-shape",
];

/**
 * Severity of every rule: the defaults, with what is set over them.
 *
 * @param rules - severity by code, e.g. `{ "near-duplicate": "off" }`.
 * @throws OptionError that names the code or severity that does not exist, and the nearest code that does.
 */
export function resolveSeverities(rules: Readonly<Record<string, unknown>> = {}): Severities {
  const severities: Record<RuleCode, Severity> = { ...ruleDefaults };
  for (const [code, severity] of Object.entries(rules)) {
    if (!isRuleCode(code)) {
      throw new OptionError(
        "rules",
        `dataset.rules: there is no rule '${code}'. Did you mean '${nearestCode(code)}'? docs/datasets.md lists all rules.`,
      );
    }
    if (!allowed.includes(severity)) {
      throw new OptionError(
        "rules",
        `dataset.rules.${code}: '${String(severity)}' is not a severity; expected error, warning or off.`,
      );
    }
    if (fixed.includes(code) && severity !== "error") {
      throw new OptionError(
        "rules",
        `dataset.rules.${code}: this rule is always an error, because such a row can't be trained on.`,
      );
    }
    severities[code] = severity as Severity;
  }
  return severities;
}

function isRuleCode(code: string): code is RuleCode {
  return Object.hasOwn(ruleDefaults, code);
}

function nearestCode(code: string): RuleCode {
  return nearestOf(code.toLowerCase().replaceAll("_", "-"), ruleCodes)!;
}
