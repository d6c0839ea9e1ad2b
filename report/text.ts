import pc from "picocolors";
import { printableValues } from "../azure-openai/printable-text";
import { validationLoss } from "../dynamic-providers/trained-model/evaluation";
import { count, countRange, duration, figure, moment, percent, usd, usdRange } from "./page/format";
import type { ReportData } from "./report-data";
import { sparkline } from "../dynamic-providers/trained-model/sparkline";

/** The report for a terminal: what one wants to know at a glance, with the curves as lines of bars. */
export function reportText(data: ReportData): string {
  const report = printableValues(data);
  const rows = [
    ...jobRows(report),
    ...curveRows(report),
    ...checkpointRows(report),
    ...dataRows(report),
    ...costRows(report),
  ];
  const lines = rows.map(([name, value]) => `  ${pc.dim(name.padEnd(16))} ${value}`);
  const warning = report.evaluation?.overfitting;
  return [
    pc.bold(`Training report of stack ${report.stack} (${report.account.name})`),
    "",
    ...lines,
    ...(warning ? ["", pc.yellow(`  ${warning}`)] : []),
    ...(report.probe ? ["", `Q  ${report.probe.question}`, `A  ${report.probe.answer}`] : []),
  ].join("\n");
}

type Row = [name: string, value: string];

function jobRows({ job, progress }: ReportData): Row[] {
  if (!job) return [["job", "none submitted yet"]];
  const took = job.finishedAt ? `, took ${duration((job.finishedAt - job.createdAt) * 1000)}` : "";
  const rows: Row[] = [["job", `${job.id}: ${job.status}, submitted ${moment(job.createdAt)}${took}`]];
  if (job.error) rows.push(["reason", job.error]);
  if (progress) {
    const { step, totalSteps, percent: share, remainingMs } = progress;
    const parts = [
      step === undefined ? "waiting for the first step" : `step ${step}${totalSteps ? ` of about ${totalSteps}` : ""}`,
      share === undefined ? undefined : `${share} %`,
      remainingMs ? `about ${duration(remainingMs)} left` : undefined,
    ];
    rows.push(["progress", parts.filter(Boolean).join(" · ")]);
  }
  if (job.fineTunedModel) rows.push(["model", job.fineTunedModel]);
  return rows;
}

function curveRows({ steps, evaluation }: ReportData): Row[] {
  const curve = (name: string, values: (number | undefined)[], show: (value?: number) => string): Row[] => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? [] : [[name, `${sparkline(known)}  ${show(known[0])} to ${show(known.at(-1))}`]];
  };
  const best = evaluation?.validationLoss;
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
    ...(best ? [["best validation", `${figure(best.best)} at step ${best.bestStep}`] satisfies Row] : []),
  ];
}

function checkpointRows({ checkpoints }: ReportData): Row[] {
  return checkpoints.map(({ step, name, chosen }): Row => [
    "checkpoint",
    `step ${step}  ${name}${chosen ? "  (deployed)" : ""}`,
  ]);
}

function dataRows({ datasets }: ReportData): Row[] {
  return datasets.map(({ role, path, examples, tokens: { total } }): Row => [
    `${role} file`,
    `${path}: ${count(examples)} examples, ${count(total.sum)} tokens (median ${count(total.median)}, p95 ${count(total.p95)})`,
  ]);
}

function costRows({ cost: { estimated, billed, notBilled, hostingUsdPerHour } }: ReportData): Row[] {
  const rows: Row[] = [];
  if (estimated) {
    const money = estimated.usd ? `, ${usdRange(estimated.usd)}` : "";
    rows.push(["estimated", `${countRange(estimated.tokens)} tokens${money}`]);
  }
  if (billed)
    rows.push(["billed", `${count(billed.tokens)} tokens${billed.usd === undefined ? "" : `, ${usd(billed.usd)}`}`]);
  if (notBilled !== undefined) rows.push(["billed", notBilled]);
  if (hostingUsdPerHour !== undefined) rows.push(["hosting", `${usd(hostingUsdPerHour)} an hour`]);
  return rows;
}
