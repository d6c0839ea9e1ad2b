import { billedTokens, eventsOfEnded } from "../../azure-openai/billed-tokens";
import type { DataPlane } from "../../azure-openai/data-plane";
import { AzureFailure } from "../../azure-openai/failure";
import type { RemoteJob } from "../../azure-openai/remote-jobs";
import { checkpointsWithFigures } from "./checkpoint-figures";
import { evaluate } from "./evaluation";
import { graderUsage } from "./grader-usage";
import { parseResults } from "./results-table";
import type { JobResults, StepMetrics } from "./schema";

/** Reads the result file and the checkpoints of a succeeded job. @throws AzureFailure */
export async function collectResults(dataPlane: DataPlane, job: RemoteJob): Promise<JobResults> {
  const resultFileId = job.result_files?.[0] ?? null;
  const { steps, warnings } = await readSteps(dataPlane, resultFileId);
  const checkpoints = await dataPlane.jobs.checkpoints(job.id);
  const evaluation = evaluate(steps);
  const events = await eventsOfEnded(dataPlane.jobs, job);
  const usage = graderUsage(events);
  return {
    status: job.status,
    baseModel: job.model,
    trainedTokens: job.trained_tokens ?? null,
    billedTokens: billedTokens(events) ?? null,
    billedHours: job.training_hours_billed ?? undefined,
    graderUsage: usage.length > 0 ? usage : undefined,
    createdAt: job.created_at,
    finishedAt: job.finished_at ?? null,
    ...evaluation,
    warnings: [...warnings, ...evaluation.warnings],
    checkpoints: checkpointsWithFigures(checkpoints, steps),
    resultFileId,
  };
}

/** The figures are a report, not the product: without the result file the model is still there. */
async function readSteps(
  dataPlane: DataPlane,
  fileId: string | null,
): Promise<{ steps: StepMetrics[]; warnings: string[] }> {
  if (!fileId) return { steps: [], warnings: ["The job has no result file, so its metrics are unknown."] };
  try {
    return { steps: parseResults(await dataPlane.files.text(fileId)), warnings: [] };
  } catch (error) {
    if (error instanceof AzureFailure && !error.notFound) throw error;
    return { steps: [], warnings: [`The result file ${fileId} could not be read, so the job's metrics are unknown.`] };
  }
}
