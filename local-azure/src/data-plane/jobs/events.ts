import { createHash } from "node:crypto";
import { asObject } from "../../http/request";
import type { JobRecord } from "../../world/state";
import { seconds } from "../api/unix-time";
import { notRun } from "../graders/run-grader";
import type { StepMetrics } from "../training/step-metrics";
import type { TrainingResult } from "../training/training-run";
import {
  finishedAt,
  milestones,
  phaseAt,
  preparedAt,
  problemOf,
  stepsDone,
  timeOfWork,
  workOfStep,
} from "../../course/job-course";
import { billedTokens } from "./job-view";
import { workOfResultFile } from "../training/result-file";

export interface JobEvent {
  id: string;
  object: "fine_tuning.job.event";
  created_at: number;
  level: "info" | "warn" | "error";
  message: string;
  type: "message" | "metrics";
  data?: Record<string, unknown>;
}

/** Steps have an event every so many, as on record: also the first, the last and the end of each epoch. */
const STEPS_PER_EVENT = 10;

/** What has happened to the job by `now`, newest first; order and texts of a normal course are those on record. */
export function eventsOf(job: JobRecord, result: TrainingResult | undefined, now: number): JobEvent[] {
  const log = new EventLog(job, now);
  preparation(log, job);
  if (job.startedAt !== undefined) {
    start(log, job);
    steps(log, job, result, now);
    trained(log, job);
    stops(log, job);
  }
  ending(log, job, result, now);
  return log.newestFirst();
}

function preparation(log: EventLog, job: JobRecord): void {
  log.add(job.createdAt, "Job enqueued. Waiting for jobs ahead to complete.");
  const files = ["training", ...(job.validationFile === undefined ? [] : ["validation"])];
  for (const [index, file] of files.entries())
    log.add(job.createdAt + (job.preparationMs * (index + 1)) / 3, `Preprocessing running for file ${file} file.`);
  const reason = graderNotRun(job);
  if (reason !== undefined) log.add(job.createdAt, `This is a rehearsal: ${reason}`, { level: "warn" });
  if (!job.problem)
    for (const file of files) log.add(preparedAt(job), `Preprocessing completed for file ${file} file.`);
}

function graderNotRun({ method }: JobRecord): string | undefined {
  const grader = method?.type === "reinforcement" ? asObject(asObject(method.reinforcement)?.grader) : undefined;
  return grader && notRun(grader);
}

function start(log: EventLog, job: JobRecord): void {
  const messages: [number, string][] = [
    [0, "Job started."],
    [milestones.dataImport, "Data Import started."],
    [milestones.dataImport, "Finetuning started."],
    [milestones.gpuQueue, "Job queued, waiting for GPUs."],
    [milestones.training.from, "Training started."],
  ];
  for (const [fraction, message] of messages) log.add(timeOfWork(job, job.trainingMs * fraction), message);
}

/** Training is over while the status is still `running`: its result is evaluated. */
function trained(log: EventLog, job: JobRecord): void {
  const at = (fraction: number) => timeOfWork(job, job.trainingMs * fraction);
  log.add(at(milestones.trained), "Job succeeded.");
  log.add(at(milestones.safetyEvaluation), `Completed results file: ${job.resultFileId}`);
  log.add(at(milestones.safetyEvaluation), "Model safety evaluation running.");
}

function steps(log: EventLog, job: JobRecord, result: TrainingResult | undefined, now: number): void {
  const metrics = result?.metrics ?? [];
  const perEpoch = metrics.length / job.chosen.epochs;
  for (const row of metrics.slice(0, stepsDone(job, metrics.length, now))) {
    const { step } = row;
    if (step === 1 || step % STEPS_PER_EVENT === 0 || step % perEpoch === 0) {
      const at = timeOfWork(job, workOfStep(job, step, metrics.length));
      log.add(at, ...stepEvent(row, metrics.length));
    }
    if (step === 1) log.add(timeOfWork(job, workOfResultFile(job)), `Created results file: ${job.resultFileId}`);
  }
}

/** Text and data of a step; of reinforcement as OpenAI's guide has them, both names of a reward among the data. */
function stepEvent(row: StepMetrics, steps: number): [message: string, more: Partial<JobEvent>] {
  const type = "metrics";
  const { step, train_loss: loss, train_mean_reward: reward, full_valid_mean_reward: validReward } = row;
  if (reward === undefined) return [`Step ${step}: training loss=${loss}`, { type, data: { ...row } }];
  const figures = [
    `train mean reward=${reward.toFixed(2)}`,
    ...(validReward === undefined ? [] : [`full validation mean reward=${validReward.toFixed(2)}`]),
    ...(row.full_valid_mean_parse_error === undefined
      ? []
      : [`full validation mean parse error=${row.full_valid_mean_parse_error.toFixed(2)}`]),
  ];
  const { grader_tokens: graders, ...figuresOfRow } = row;
  const scores = {
    train_reward_mean: reward,
    ...(validReward === undefined ? {} : { valid_reward_mean: validReward }),
  };
  return [
    `Step ${step}/${steps} , ${figures.join(", ")}`,
    {
      type,
      data: {
        ...figuresOfRow,
        total_steps: steps,
        scores,
        ...(graders && { model_graders_token_usage: graders }),
      },
    },
  ];
}

const stopTexts = {
  paused: { stopped: "Job paused.", resumed: "Job resumed." },
  limit: { stopped: "Job paused: its spending limit is reached.", resumed: "Job resumed." },
  preempted: { stopped: "Job preempted, waiting for GPUs.", resumed: "Job resumed after preemption." },
};

/** Texts: guess. */
function stops(log: EventLog, job: JobRecord): void {
  for (const stop of job.stops) {
    const { stopped, resumed } = stopTexts[stop.why];
    log.add(stop.at, stopped);
    log.add(stop.resumedAt, resumed);
  }
}

function ending(log: EventLog, job: JobRecord, result: TrainingResult | undefined, now: number): void {
  const end = finishedAt(job, now);
  const phase = phaseAt(job, now);
  if (phase === "succeeded") {
    log.add(end, "Model Evaluation Passed.");
    log.add(end, `Training tokens billed: ${result ? billedTokens(job, result) : 0}`);
  } else if (phase === "failed" && job.fault?.outcome === "fail-postprocessing") {
    log.add(end, "Model safety checks failed due to system error.", { level: "error" });
    log.add(end, `Completed results file: ${job.resultFileId}`);
    log.add(end, problemOf(job)!.message, { level: "error" });
    log.add(end, "Training tokens billed: 0");
  } else if (phase === "failed") {
    log.add(end, `Job failed: ${problemOf(job)!.message}`, { level: "error" });
  } else if (phase === "cancelled") {
    log.add(end, "Job cancelled.");
  }
}

class EventLog {
  private readonly entries: { at: number; event: JobEvent }[] = [];

  constructor(
    private readonly job: JobRecord,
    private readonly now: number,
  ) {}

  /** Adds what happened at a time; what lies ahead, or behind the job's end, is left out. */
  add(at: number | undefined, message: string, more: Partial<JobEvent> = {}): void {
    if (at === undefined || at > Math.min(this.now, finishedAt(this.job, this.now) ?? Infinity)) return;
    const hex = createHash("md5").update(`${this.job.id} ${at} ${message}`).digest("hex");
    const event: JobEvent = {
      id: `ftevent-${hex}`,
      object: "fine_tuning.job.event",
      created_at: seconds(at),
      level: "info",
      message,
      type: "message",
      ...more,
    };
    this.entries.push({ at, event });
  }

  newestFirst(): JobEvent[] {
    return [...this.entries]
      .sort((a, b) => a.at - b.at)
      .reverse()
      .map(({ event }) => event);
  }
}
