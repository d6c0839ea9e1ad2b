import pc from "picocolors";
import { printable, printableLine } from "../../azure-openai/printable-text";
import { usd } from "../../format/money";
import { table } from "../../format/table";
import { interval, score as figure, share, signedScore } from "../../format/score";
import type { EvaluationSummary, ModelFigures } from "../result";
import { checkInWords } from "./in-words";
import type { Comparison } from "../statistics/compare";
import type { Check } from "../statistics/rule";

/**
 * What a command prints of an evaluation: a text, or JSON. It is printed as it is: every text of others in it is printable already, and the
 * escape sequences that are left are the colors.
 *
 * @param options.columns - width of the terminal, which the tables keep to; undefined where there is none
 */
export function evaluationOutput(
  summary: EvaluationSummary,
  { json = false, columns }: { json?: boolean; columns?: number } = {},
): string {
  return json ? printable(JSON.stringify(summary, null, 2)) : evaluationText(summary, columns);
}

/** The figures for a terminal: models, comparisons, what was asked of the candidate, and warnings. */
function evaluationText(summary: EvaluationSummary, columns: number | undefined): string {
  const { models, comparisons, verdict, warnings, spentUsd } = summary;
  const spent = spentUsd === undefined ? "" : `This run spent ${amount(spentUsd)}.`;
  return [
    printableTable(["deployment", "score", "95% interval", "refused", "answers cost"], models.map(modelRow), columns),
    ...(comparisons.length > 0
      ? [
          printableTable(
            [`${models[0]!.name} against`, "difference", "95% interval", "wins / ties / losses", "clearly worse"],
            comparisons.map(comparisonRow),
            columns,
          ),
        ]
      : []),
    ...warnings.map((warning) => pc.yellow(`warning: ${printableLine(warning)}`)),
    ...verdict.checks.map(checkLine),
    ...(verdict.checks.length > 0 ? [pc.bold(verdict.passed ? "Passed." : "Not passed.")] : []),
    spent,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function printableTable(head: string[], rows: string[][], columns: number | undefined): string {
  return table(
    head.map(printableLine),
    rows.map((row) => row.map(printableLine)),
    columns,
  );
}

function modelRow({ name, score, refused, usd: cost }: ModelFigures): string[] {
  return [
    name,
    figure(score.mean),
    interval(score),
    String(refused),
    cost === undefined ? "price unknown" : amount(cost),
  ];
}

function comparisonRow({ against, difference, wins, ties, losses, regressions }: Comparison): string[] {
  return [
    against,
    signedScore(difference.mean),
    interval(difference, signedScore),
    `${wins} / ${ties} / ${losses}`,
    share(regressions.mean),
  ];
}

function checkLine(check: Check): string {
  const line = printableLine(checkInWords(check));
  return check.passed ? `${pc.green("ok")}     ${line}` : `${pc.red("failed")} ${line}`;
}

/** An amount below a cent is not nothing. */
function amount(value: number): string {
  return value > 0 && value < 0.01 ? "less than $0.01" : usd(value);
}
