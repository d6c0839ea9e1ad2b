import path from "node:path";
import Table from "cli-table3";
import pc from "picocolors";
import { printable, printableLine, printableValues } from "../../azure-openai/printable-text";
import { tokensName } from "../../catalog";
import {
  type DatasetResult,
  type FileReport,
  type FindingKind,
  type Histogram,
  placeOf,
  type TokenStatistics,
} from "../../datasets";
import { count, counted } from "../../format/count";
import { usd, usdRange } from "../../format/money";
import { withoutSecrets } from "../preview-summary/secrets";
import type { Output } from "./output";
import type { ShownMessage } from "./example";
import type { Estimate, ValidationReport } from "./report";

type Colors = ReturnType<typeof pc.createColors>;
type Examined = Pick<DatasetResult, "histograms" | "kinds">;

/** Findings of one kind, besides secrets, that are shown; the rest is a number. */
const SHOWN_PER_KIND = 8;
const bars = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/** Columns of a terminal that the whole table needs. */
const WIDE = 124;
const allColumns = [
  "sum",
  "min",
  "p5",
  "p10",
  "median",
  "mean",
  "p90",
  "p95",
  "max",
] as const satisfies (keyof TokenStatistics)[];
const fewColumns = ["sum", "median", "p95", "max"] as const satisfies (keyof TokenStatistics)[];

/** What the report shows besides itself. */
export interface Surroundings {
  /** Sentences that depend on the day: retirement of the model. */
  notices: string[];
  example?: ShownMessage[];
  out: Output;
}

/** The report as a person reads it; colours only on a terminal. */
export function textReport(data: ValidationReport, results: readonly Examined[], around: Surroundings): string {
  const report = withPrintableNames(data);
  const histograms = results.map((result) => result.histograms);
  const kinds = results.map((result) => printableValues(result.kinds));
  const colors = pc.createColors(around.out.isTTY === true && !process.env.NO_COLOR);
  const parts = [`Model ${report.model}, method ${report.method}`, table(report, colors, around.out)];
  for (const [index, file] of report.files.entries())
    if (file.examples > 0) parts.push(histogramLines(file, tokensName(report.model), histograms[index]!, colors));
  if (around.example) parts.push(exampleLines(printableValues(around.example), colors));
  for (const [index, file] of report.files.entries()) parts.push(...findingLines(file, kinds[index]!, colors));
  if (report.overlap.exact + report.overlap.near > 0)
    parts.push(`In both files: ${report.overlap.exact} identical examples, ${report.overlap.near} nearly identical.`);
  if (report.estimate) parts.push(estimateLines(report.estimate, tokensName(report.model)));
  parts.push(
    ...around.notices.map((notice) => colors.yellow(printable(notice))),
    verdict(report.files, kinds.flat(), colors),
  );
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Names may hold what would steer a terminal; the findings of `files` are not shown from here, but by kind. */
function withPrintableNames(report: ValidationReport): ValidationReport {
  return { ...report, files: report.files.map((file) => ({ ...file, path: printableLine(file.path) })) };
}

/** Of the files that have an example: for one that can't be read, or is empty, its error says all. */
function table({ model, files: all }: ValidationReport, colors: Colors, out: Output): string {
  const files = all.filter(({ examples }) => examples > 0);
  if (files.length === 0) return "";
  const narrow = out.isTTY === true && (out.columns ?? WIDE) < WIDE;
  const columns = narrow ? fewColumns : allColumns;
  const style = { head: [], border: [] };
  const head = ["file", "examples", tokensName(model), ...columns].map((name) => colors.bold(name));
  const result = new Table({
    head,
    style,
    colAligns: ["left", "right", "left", ...columns.map(() => "right" as const)],
  });
  for (const { path: file, examples, tokens } of files) {
    for (const kind of ["total", "assistant"] as const) {
      const first = kind === "total";
      result.push([
        first ? (narrow ? path.basename(file) : file) : "",
        first ? count(examples) : "",
        kind,
        ...columns.map((name) => decimal(tokens[kind][name])),
      ]);
    }
  }
  return result.toString();
}

function histogramLines(
  file: FileReport,
  tokens: string,
  { total, assistant }: DatasetResult["histograms"],
  colors: Colors,
): string {
  const line = (name: string, { min, max, counts }: Histogram) => {
    const highest = Math.max(...counts);
    // A bin with any example shows at least the lowest bar.
    const drawn = counts
      .map((count) => bars[count === 0 ? 0 : Math.max(1, Math.round((8 * count) / highest))])
      .join("");
    return `  ${name.padEnd(9)} ${count(min).padStart(8)} ${colors.cyan(drawn)} ${count(max)}`;
  };
  return [
    `${tokens[0]!.toUpperCase()}${tokens.slice(1)} per example, ${file.path}`,
    line("total", total),
    line("assistant", assistant),
  ].join("\n");
}

function exampleLines(example: readonly ShownMessage[], colors: Colors): string {
  const lines = example.map(
    // A log of CI keeps what is shown.
    ({ role, text }) => `  ${colors.bold(role)}: ${withoutSecrets(text).replaceAll("\n", "\n    ")}`,
  );
  return ["First example", ...lines].join("\n");
}

/** Findings by kind: secrets and personal data first, in a part of their own, then errors, then the other warnings. */
function findingLines(file: FileReport, kinds: readonly FindingKind[], colors: Colors): string[] {
  const isDisclosure = ({ code }: FindingKind) => code === "secret" || code === "personal-data";
  const part = (title: string, color: (text: string) => string, chosen: FindingKind[]) => {
    if (chosen.length === 0) return "";
    return [color(`${title} in ${file.path}`), ...byCode(chosen).flatMap((kind) => kindLines(kind, colors))].join("\n");
  };
  const others = (severity: "error" | "warning") =>
    kinds.filter((kind) => kind.severity === severity && !isDisclosure(kind));
  const number = (severity: "error" | "warning") =>
    counted(
      others(severity).reduce((sum, { count }) => sum + count, 0),
      severity,
    );
  return [
    part("Secrets or personal data", colors.red, kinds.filter(isDisclosure)),
    part(number("error"), colors.red, others("error")),
    part(number("warning"), colors.yellow, others("warning")),
  ];
}

/** Kinds of one rule, such as the secrets of different services, under one title. */
function byCode(kinds: readonly FindingKind[]): FindingKind[] {
  const codes = [...new Set(kinds.map(({ code }) => code))];
  return codes.map((code) => {
    const same = kinds.filter((kind) => kind.code === code);
    const first = same.flatMap((kind) => kind.first).sort((a, b) => a.line - b.line);
    return { ...same[0]!, count: same.reduce((sum, { count: found }) => sum + found, 0), first };
  });
}

function kindLines({ code, count: found, first }: FindingKind, colors: Colors): string[] {
  const shown = first
    .slice(0, code === "secret" ? first.length : SHOWN_PER_KIND)
    .map((finding) => [placeOf(finding), finding.message].filter((text) => text !== undefined).join(": "))
    .map((line) => `    ${line}`);
  const rest = found - shown.length;
  const more = rest > 0 ? [`    and ${count(rest)} more (--json lists them)`] : [];
  return [`  ${colors.bold(code)} (${count(found)})`, ...shown, ...more];
}

function estimateLines(estimate: Estimate, tokens: string): string {
  const { epochs, trainingTokens, trainingUsd, trainingHours: hours, hostingUsdPerMonth, priceDate } = estimate;
  const times = epochs.low === epochs.high ? `${epochs.low}` : `${epochs.low} to ${epochs.high}`;
  const cost = trainingUsd ? usdRange(trainingUsd) : "no price in the catalog";
  const trained = `${count(trainingTokens)} ${tokens} x ${times} epochs${epochs.low === epochs.high ? "" : " (chosen by the service)"}`;
  // The line above says what the first of them does where the service chooses the epochs.
  const assumptions = estimate.assumptions.slice(epochs.low === epochs.high ? 0 : 1);
  return [
    `Training  ${cost}: ${hours ? `${hours.low} to ${hours.high} hours` : trained}`,
    `Hosting   ${usd(hostingUsdPerMonth)} a month while deployed`,
    `          prices of ${priceDate}, ${estimate.location}`,
    ...assumptions.map((assumption) => `          ${assumption}`),
  ].join("\n");
}

/** Secrets are in the last line too: it may be the only one that is read. */
function verdict(files: readonly FileReport[], kinds: FindingKind[], colors: Colors): string {
  const errors = files.reduce((sum, file) => sum + file.errorCount, 0);
  const warnings = files.reduce((sum, file) => sum + file.warningCount, 0);
  const secrets = kinds.filter(({ code }) => code === "secret").reduce((sum, { count }) => sum + count, 0);
  const counts = `${counted(errors, "error")}, ${counted(warnings, "warning")}`;
  if (secrets > 0) {
    const them = secrets === 1 ? "it" : "them";
    return colors.red(
      `${counted(secrets, "secret")} found: remove and revoke ${them} before you upload the file. ${errors > 0 ? `Not usable: ${counts}.` : `Otherwise usable: ${counts}.`}`,
    );
  }
  if (errors > 0) return colors.red(`Not usable: ${counts}.`);
  return colors.green(
    warnings > 0 ? `Usable, with ${counted(warnings, "warning")}.` : "Usable: no errors, no warnings.",
  );
}

function decimal(number: number): string {
  return number.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
