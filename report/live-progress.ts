import type { RemoteEvent, RemoteJob } from "../azure-openai/remote-jobs";
import { TrainingPace } from "../dynamic-providers/trained-model/training-pace";
import type { Progress } from "./report-data";
import type { StackFacts } from "./stack-facts";

/** How far a job is that has not ended. @param now Unix milliseconds */
export function progressOf(job: RemoteJob, events: RemoteEvent[], now: number, facts: StackFacts): Progress {
  const pace = new TrainingPace();
  pace.add(events);
  const examples = facts.datasets.find(({ role }) => role === "training")?.examples;
  const { step, totalSteps, loss, remainingMs } = pace.at(now, job, examples);
  const percent =
    step === undefined || totalSteps === undefined ? undefined : Math.min(99, Math.floor((100 * step) / totalSteps));
  const elapsedMs = Math.max(0, now - job.created_at * 1000);
  return { step, totalSteps, percent, loss, elapsedMs, remainingMs: remainingMs && Math.max(0, remainingMs) };
}
