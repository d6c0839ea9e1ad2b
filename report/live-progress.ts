import type { RemoteEvent, RemoteJob } from "../azure-openai/remote-jobs";
import type { StepMetrics } from "../dynamic-providers/trained-model/schema";
import { spentInWords } from "../dynamic-providers/trained-model/spending";
import { TrainingPace } from "../dynamic-providers/trained-model/training-pace";
import type { Progress } from "./report-data";
import type { StackFacts } from "./stack-facts";
import { isEstimateOf, isTrainedOn } from "./trained-on";

export interface ProgressSource {
  job: RemoteJob;
  events: RemoteEvent[];
  /** The rows that the report draws: what is told and what is drawn end at the same step. */
  steps: StepMetrics[];
  facts: Pick<StackFacts, "datasets" | "job" | "estimate">;
  /** Unix milliseconds. */
  now: number;
}

/** How far a job is that has not ended. */
export function progressOf({ job, events, steps, facts, now }: ProgressSource): Progress {
  const pace = new TrainingPace();
  pace.add(events);
  const last = steps.at(-1);
  const { step, totalSteps, loss, reward, validationReward, remainingMs, trainingMs } = pace.at(
    now,
    job,
    trainingExamples(facts),
    last?.step,
  );
  const share = step === undefined || totalSteps === undefined ? undefined : step / totalSteps;
  const progress: Progress = {
    step,
    totalSteps,
    percent: share === undefined ? undefined : Math.min(99, Math.floor(100 * share)),
    loss: newest(steps, "trainLoss") ?? loss,
    reward: newest(steps, "trainReward") ?? reward,
    validationReward: newest(steps, "fullValidReward") ?? validationReward,
    spent: spent(facts, trainingMs),
    elapsedMs: Math.max(0, now - job.created_at * 1000),
  };
  if ((share !== undefined && share >= 1) || events.some(({ message }) => /^Job succeeded/.test(message)))
    return { ...progress, trained: true };
  // Nobody knows when a job that is paused or waits for its place trains again.
  return job.status === "running" && remainingMs !== undefined
    ? { ...progress, remainingMs: Math.max(0, remainingMs) }
    : progress;
}

/** By the rate and the limit of the estimate, where that is one of hours and of this job. */
function spent(
  { job, estimate, datasets }: ProgressSource["facts"],
  trainingMs: number | undefined,
): string | undefined {
  const { trainingUsd, trainingHours: hours } = estimate?.estimate ?? {};
  if (!trainingUsd || !hours || (job && !isEstimateOf(job, estimate!, datasets))) return undefined;
  return spentInWords({ usdPerHour: trainingUsd.low / hours.low, limitUsd: trainingUsd.high }, trainingMs);
}

function newest(steps: StepMetrics[], figure: keyof StepMetrics): number | undefined {
  return steps.findLast((row) => row[figure] !== undefined)?.[figure];
}

/** Examples of the job's training file; those of the next training's file say nothing about this one. */
function trainingExamples({ datasets, job }: ProgressSource["facts"]): number | undefined {
  const training = datasets.find(({ role }) => role === "training");
  return training && (job === undefined || isTrainedOn(job, training)) ? training.examples : undefined;
}
