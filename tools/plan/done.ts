import pc from "picocolors";
import { type Findings } from "../preview-summary/summary";
import { details } from "../preview-summary/terminal";
import type { Verdict } from "../preview-summary/verdict";

const sentences: Partial<Record<Verdict, string>> = {
  trains: "This run trained the model.",
  retrains: "This run trained the model again.",
  waits: "This run trained nothing new: it waited for the existing job.",
  redeploys: "This run trained nothing: it deployed an existing model.",
  changes: "This run trained nothing: it changed settings.",
  none: "This run trained nothing and changed nothing.",
};

/** What an `up` that has succeeded did, in a few lines: whether it trained, why, what that costs on Azure, and what to know about it. */
export function doneSummary(findings: Findings): string {
  const sentence = sentences[findings.verdict];
  if (sentence === undefined) return "";
  const warnings = findings.warnings.filter((warning) => !findings.passing.includes(warning));
  return [pc.bold(sentence), ...details({ ...findings, warnings }, "on Azure")].join("\n");
}
