import { existsSync } from "node:fs";
import { settleJobs } from "../course/schedule";
import { checkpointsOf } from "../data-plane/jobs/checkpoints";
import { eventsOf } from "../data-plane/jobs/events";
import { trainingBlob, trainingResult } from "../data-plane/training/training-run";
import { blobPath } from "../storage/blobs";
import type { AccountRecord, JobRecord } from "../world/state";
import type { World } from "../world/world";
import type { JobDetail } from "./shapes";

/** Events that are shown of a job. */
const MOST_EVENTS = 200;

/** Events and checkpoints of a job; what its request held besides (metadata, integrations, graders) is left out. */
export async function jobDetail(world: World, { dataPlane }: AccountRecord, job: JobRecord): Promise<JobDetail> {
  const now = world.clock.now();
  settleJobs(dataPlane, now);
  const trains = job.startedAt !== undefined && existsSync(blobPath(world, trainingBlob(job.id)));
  const result = trains ? await trainingResult(world, job) : undefined;
  const events = eventsOf(job, result, now);
  const { id, trainingFile, validationFile, suffix, seed, chosen } = job;
  return {
    ...{ id, trainingFile, seed, ...chosen },
    ...(validationFile !== undefined && { validationFile }),
    ...(suffix !== undefined && { suffix }),
    events: events
      .slice(0, MOST_EVENTS)
      .map(({ created_at: at, level, message }) => ({ at: at * 1000, level, message })),
    more: Math.max(0, events.length - MOST_EVENTS),
    checkpoints: result
      ? checkpointsOf(job, result, now).map(({ step_number: step, fine_tuned_model_checkpoint: model, metrics }) => ({
          ...{ step, model, metrics: { ...metrics } },
        }))
      : [],
  };
}
