import Table from "cli-table3";
import pc from "picocolors";
import { printableLine } from "../../azure-openai/printable-text";
import { usd } from "../../format/money";
import type { EvaluationSummary, ModelFigures } from "../../evaluation/result";
import type { Interval } from "../../evaluation/statistics/bootstrap";
import type { Comparison } from "../../evaluation/statistics/compare";
import type { Check } from "../../evaluation/statistics/rule";

/** The figures for a terminal: models, comparisons, what was asked of the candidate, and warnings. */
export function evaluationText(summary: EvaluationSummary): string {
  const { models, comparisons, verdict, warnings, spentUsd } = summary;
  const spent = spentUsd === undefined ? "" : `This run spent ${amount(spentUsd)}.`;
  return [
    table(["deployment", "score", "95 % interval", "refused", "answers cost"], models.map(modelRow)),
    ...(comparisons.length > 0
      ? [
          table(
            [`${models[0]!.name} against`, "difference", "95 % interval", "wins / ties / losses", "clearly worse"],
            comparisons.map(comparisonRow),
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

function table(head: string[], rows: string[][]): string {
  const made = new Table({ head: head.map(printableLine), style: { head: [], border: [] } });
  made.push(...rows.map((row) => row.map(printableLine)));
  return made.toString();
}

function modelRow({ name, score, refused, usd: cost }: ModelFigures): string[] {
  return [name, figure(score.mean), ends(score), String(refused), cost === undefined ? "no price known" : amount(cost)];
}

function comparisonRow({ against, difference, wins, ties, losses, regressions }: Comparison): string[] {
  return [
    against,
    signed(difference.mean),
    ends(difference, signed),
    `${wins} / ${ties} / ${losses}`,
    percent(regressions.mean),
  ];
}

function checkLine({ rule, against, bound, value, passed }: Check): string {
  const show = rule === "maxRegressions" ? percent : figure;
  const relation = rule === "maxRegressions" ? "at most" : "at least";
  const where = against === undefined ? "" : ` against ${printableLine(against)}`;
  const line = `${rule}${where}: ${show(value)}, expected ${relation} ${show(bound)}`;
  return passed ? `${pc.green("ok")}     ${line}` : `${pc.red("failed")} ${line}`;
}

function figure(value: number): string {
  return value.toFixed(3);
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${figure(value)}`;
}

function ends({ low, high }: Interval, show = figure): string {
  return `${show(low)} to ${show(high)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** An amount below a cent is not nothing. */
function amount(value: number): string {
  return value > 0 && value < 0.01 ? "less than $0.01" : usd(value);
}
