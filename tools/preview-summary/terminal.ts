import pc from "picocolors";
import { printableLine } from "../../azure-openai/printable-text";
import { costLine } from "./cost";
import { withoutSecrets } from "./secrets";
import type { Findings } from "./summary";
import type { Verdict } from "./verdict";

/** Lines of each kind: with the verdict they fit into a terminal of 24 lines, also where some of them wrap. */
const LISTED = { problems: 4, reasons: 3, warnings: 5 };

/**
 * What a preview means in a few lines, for the end of its output, since what is above scrolls away in a short terminal. The content is that of
 * the Markdown of a pull request (summary.ts), without the table of changes, which Pulumi has just shown.
 */
export function terminalSummary(findings: Findings): string {
  const { stack, verdict, line } = findings;
  const title = `${stack === undefined ? "" : `Stack ${stack}: `}${line.replaceAll("**", "")}`;
  return [colorOf(verdict)(pc.bold(safe(title))), ...details(findings)].join("\n");
}

/** Causes, cost and warnings, each line with its label. @param costLabel - of the line of the cost */
export function details({ verdict, pipeline, problems, reasons, warnings }: Findings, costLabel = "cost"): string[] {
  const cost = verdict === "blocked" ? undefined : costLine(pipeline);
  return [
    ...labelled("because", problems, LISTED.problems),
    ...labelled("because", reasons, LISTED.reasons),
    ...labelled(costLabel, cost === undefined ? [] : [cost], 1),
    ...labelled("warning", warnings, LISTED.warnings, pc.yellow),
  ];
}

function labelled(label: string, texts: string[], most: number, color = pc.dim): string[] {
  const shown = texts.slice(0, most).map((text) => `  ${color(label.padEnd(8))} ${safe(text)}`);
  return texts.length > most ? [...shown, `  ${color(label.padEnd(8))} ... and ${texts.length - most} more`] : shown;
}

/** One line that cannot steer the terminal and contains no credential, whoever wrote it. */
function safe(text: string): string {
  return printableLine(withoutSecrets(text).replaceAll(/\s*\n\s*/g, " "));
}

function colorOf(verdict: Verdict): (text: string) => string {
  if (verdict === "blocked") return pc.red;
  return verdict === "none" || verdict === "changes" || verdict === "waits" ? pc.green : pc.yellow;
}
