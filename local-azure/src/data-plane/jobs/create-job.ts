import type { ModelInfo } from "../../models/find-model";
import { settleJobs } from "../../course/schedule";
import { shareBlob } from "../../storage/blobs";
import type { JobFault, JobRecord } from "../../world/state";
import type { Call } from "../api/call";
import { newId } from "../api/ids";
import { trainingBlob, trainingResult, validationBlob } from "../training/training-run";
import { admit, type Admission } from "./admission";
import { optional, readJobRequest, type JobRequest } from "./job-request";
import { validationProblem } from "./validation";

/** Reads the request, checks whether the account takes the job, and puts it into the queue. */
export function createJob(call: Call): JobRecord {
  const { world, account, now } = call;
  const request = readJobRequest(call);
  const admission = admit(call, request);
  // From here on the job is accepted: it takes the outcome that waits for the next one.
  const job = newJob(call, request, admission, account.dataPlane.nextJobFaults?.shift());
  keepInputs(call, job, admission.model);
  account.dataPlane.jobs.push(job);
  account.dataPlane.jobsEverCreated += 1;
  settleJobs(account.dataPlane, now);
  world.save();
  if (!job.problem) {
    // Starts at once, so that the figures are ready when they are requested; a failure shows at that request.
    setImmediate(() => void trainingResult(world, job).catch(() => undefined));
  }
  return job;
}

function newJob(
  { world, now }: Call,
  { method, trainingType, suffix, seed, integrations, metadata, unknownMembers, hyperparameters }: JobRequest,
  { model, training, validation, rows, chosen }: Admission,
  fault: JobFault | undefined,
): JobRecord {
  const trainingMs = world.settings.trainingSeconds * 1000;
  const files = validation ? [training, validation] : [training];
  return {
    id: newId("ftjob"),
    model: model.name,
    baseModel: model.base.id,
    createdAt: now,
    trainingFile: training.id,
    ...optional("validationFile", validation?.id),
    ancestors: model.job ? [...model.job.ancestors, model.job.id] : [],
    ...optional("suffix", suffix),
    seed,
    ...optional("integrations", integrations),
    ...optional("metadata", metadata),
    ...optional("unknownMembers", unknownMembers),
    ...optional("method", method),
    requested: hyperparameters,
    chosen,
    ...optional("trainingType", trainingType),
    trainingRows: rows,
    preparationMs: Math.max(Math.min(1000, trainingMs / 10), ...files.map(({ processedAt }) => processedAt - now)),
    trainingMs,
    stops: [],
    ...optional("problem", validationProblem(training, validation, method?.type ?? "supervised", fault)),
    resultFileId: newId("file"),
    ...optional("fault", fault),
  };
}

/** The job keeps the rows it was given: its files may be deleted while it runs. */
function keepInputs({ world }: Call, job: JobRecord, model: ModelInfo): void {
  shareBlob(world, job.trainingFile, trainingBlob(job.id));
  if (job.validationFile !== undefined) shareBlob(world, job.validationFile, validationBlob(job.id));
  const parent = model.job;
  if (parent) {
    shareBlob(world, trainingBlob(parent.id), knownBlob(job.id, parent.id));
    for (const ancestor of parent.ancestors)
      shareBlob(world, knownBlob(parent.id, ancestor), knownBlob(job.id, ancestor));
  }
}

/** The job's copy of what an earlier job in its line was trained on. */
function knownBlob(jobId: string, ancestor: string): string {
  return `${jobId}.known.${ancestor}.jsonl`;
}
