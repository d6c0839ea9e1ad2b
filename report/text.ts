import pc from "picocolors";
import { printableValues } from "../azure-openai/printable-text";
import { validationLoss } from "../dynamic-providers/trained-model/evaluation";
import { checkInWords, figuresInWords, verdictInWords } from "../evaluation/results/in-words";
import { count, countRange, duration, figure, moment, percent, usd, usdRange } from "./page/format";
import { progressParts } from "./page/progress-parts";
import { promotedName, whereTrained } from "./promoted-words";
import type { CostFacts, PromotedFacts, ReportData } from "./report-data";
import { sparkline } from "../dynamic-providers/trained-model/sparkline";
import { rehearsalSentence } from "./page/rehearsal-sentence";
import { refusedSentence } from "./refused";

/** The report for a terminal: what one wants to know at a glance, with the curves as lines of bars. */
export function reportText(data: ReportData): string {
  const report = printableValues(data);
  const rows = [
    ...jobRows(report),
    ...curveRows(report),
    ...evaluationRows(report),
    ...checkpointRows(report),
    ...dataRows(report),
    ...costRows(report),
    ...earlierRows(report),
  ];
  const width = Math.max(16, ...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${pc.dim(name.padEnd(width))} ${value}`);
  const { losses, rewards } = report;
  const warnings = [losses?.overfitting, losses?.gap?.wide, rewards?.fallen].filter((one) => one !== undefined);
  return [
    pc.bold(`Training report of stack ${report.stack} (${report.account.name})`),
    ...(report.rehearsal ? [pc.yellow(`Rehearsal. ${rehearsalSentence}`)] : []),
    "",
    ...lines,
    ...warnings.flatMap((warning) => ["", pc.yellow(`  ${warning}`)]),
    ...(report.probe ? ["", ...conversation(report.probe)] : []),
    ...(report.earlier?.probe ? ["", `${report.earlier.model} answered:`, ...conversation(report.earlier.probe)] : []),
  ].join("\n");
}

function conversation({ question, answer }: NonNullable<ReportData["probe"]>): string[] {
  return [`Q  ${question}`, `A  ${answer}`];
}

type Row = [name: string, value: string];

function jobRows(report: ReportData): Row[] {
  const { job, promoted, progress, lineage } = report;
  if (promoted) return promotedRows(promoted, report);
  if (!job) return [["job", "none submitted yet"]];
  const took = job.finishedAt ? `, took ${duration((job.finishedAt - job.createdAt) * 1000)}` : "";
  const rows: Row[] = [["job", `${job.id}: ${job.status}, submitted ${moment(job.createdAt)}${took}`]];
  if (job.error) rows.push(["reason", job.error]);
  if (progress) rows.push(["progress", progressParts(progress).join(" · ")]);
  if (job.fineTunedModel) rows.push(["model", job.fineTunedModel]);
  for (const [path, value] of Object.entries(lineage?.extraFields ?? {}))
    rows.push(["extra field", `${path} ${JSON.stringify(value)}`]);
  rows.push(...registerRows(lineage));
  if (job.refused) rows.push(["", refusedSentence]);
  return rows;
}

function promotedRows(promoted: PromotedFacts, { lineage }: ReportData): Row[] {
  return [
    ["promoted", `${promotedName(promoted)}, ${promoted.training}`],
    ["model", promoted.model],
    ...registerRows(lineage),
    ["", whereTrained(promoted)],
  ];
}

function registerRows(lineage: ReportData["lineage"] | undefined): Row[] {
  const register = lineage?.register;
  return register ? [["version", `${register.version}, ${register.status}`]] : [];
}

function curveRows({ steps, losses, rewards }: ReportData): Row[] {
  const curve = (name: string, values: (number | undefined)[], show: (value?: number) => string): Row[] => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? [] : [[name, `${sparkline(known)}  ${show(known[0])} to ${show(known.at(-1))}`]];
  };
  const best = losses?.validationLoss ?? rewards?.validationReward;
  return [
    ...curve(
      "training loss",
      steps.map((row) => row.trainLoss),
      figure,
    ),
    ...curve("validation loss", steps.map(validationLoss), figure),
    ...curve(
      "token accuracy",
      steps.map((row) => row.trainTokenAccuracy),
      percent,
    ),
    ...curve(
      "training reward",
      steps.map((row) => row.trainReward),
      figure,
    ),
    ...curve(
      "validation reward",
      steps.map((row) => row.fullValidReward),
      figure,
    ),
    ...(best ? [["best validation", `${figure(best.best)} at step ${best.bestStep}`] satisfies Row] : []),
  ];
}

/** Figures and rules; the cases are in the page alone. */
function evaluationRows({ evaluation }: ReportData): Row[] {
  if (!evaluation) return [];
  const { summary } = evaluation;
  return [
    ["evaluation", `${verdictInWords(summary.verdict)}: ${figuresInWords(summary)}`],
    ...summary.verdict.checks.map((check): Row => ["", `${check.passed ? "ok" : "failed"}  ${checkInWords(check)}`]),
  ];
}

function checkpointRows({ checkpoints }: ReportData): Row[] {
  return checkpoints.map(({ step, name, chosen }): Row => [
    "checkpoint",
    `step ${step}  ${name}${chosen ? "  (deployed)" : ""}`,
  ]);
}

function dataRows({ datasets }: ReportData): Row[] {
  return datasets.map(({ role, path, examples, tokens: { total }, tokensCaveat, next }): Row => [
    `${role} file`,
    `${next ? "for the next training: " : ""}${path}: ${count(examples)} examples, ${count(total.sum)} ${tokensCaveat === undefined ? "" : "estimated "}tokens (median ${count(total.median)}, p95 ${count(total.p95)})`,
  ]);
}

function costRows({ cost }: ReportData): Row[] {
  const { estimated, billed, notBilled, grading = [], hostingUsdPerHour, baseModel } = cost;
  const rows: Row[] = [];
  if (estimated) {
    const money = estimated.usd ? `, ${usdRange(estimated.usd)}` : "";
    rows.push([
      "estimated",
      `${estimated.next ? "for the next training: " : ""}${countRange(estimated.tokens)} tokens${money}`,
    ]);
    if (estimated.hours) rows.push(["", estimated.hours]);
  }
  if (billed) rows.push(["billed", billedText(billed)]);
  if (notBilled !== undefined) rows.push(["billed", notBilled]);
  for (const sentence of grading) rows.push(["grading", sentence]);
  if (hostingUsdPerHour !== undefined) rows.push(["hosting", `${usd(hostingUsdPerHour)} an hour`]);
  if (baseModel) rows.push(["base model", `${baseModel.deployment}: ${baseModel.price}`]);
  return rows;
}

function billedText({ tokens, hours, usd: cost }: NonNullable<CostFacts["billed"]>): string {
  const amount = hours === undefined ? `${count(tokens)} tokens` : `${hours.toFixed(2)} hours`;
  return `${amount}${cost === undefined ? "" : `, ${usd(cost)}`}`;
}

/** What is there of an earlier job, under names that can't be taken for the job's own. */
function earlierRows({ earlier }: ReportData): Row[] {
  if (!earlier) return [];
  const { model, deployment, job, billed, notBilled } = earlier;
  return [
    deployment
      ? ["serving now", `${model} (deployment ${deployment.name})`]
      : ["earlier model", `${model}, not deployed`],
    ["its job", job ? job.id : "not known"],
    ["its bill", billed ? billedText(billed) : (notBilled ?? "")],
  ];
}
