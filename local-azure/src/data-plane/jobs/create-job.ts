import { bodyObject } from "../../http/request";
import { randomInt } from "node:crypto";
import type { FileRecord, JobMethod, JobRecord, RowCounts } from "../../world/state";
import { invalidPayload, quotaExceeded } from "../api/errors";
import { fileStatus, liveFiles } from "../files/file-state";
import { shareBlob } from "../../storage/blobs";
import { newId } from "../api/ids";
import { findModel, type ModelInfo } from "../../models/find-model";
import { isSince } from "../api/flavour";
import type { Call } from "../api/call";
import { stepsOf } from "../../models/tuned-model";
import { trainingBlob, trainingResult, validationBlob } from "../training/training-run";
import { phaseAt } from "../../course/job-course";
import { choose, readHyperparameters } from "./hyperparameters";
import { methodHyperparameters, readMethod } from "./job-method";
import { readIntegrations, readMetadata, readSeed, readSuffix, readTrainingType } from "./job-options";
import { settleJobs } from "../../course/schedule";
import { validationProblem } from "./validation";

/** Jobs that an account keeps, and those that may wait (quotas page, 2026-02). */
const mostJobs = 100;
const mostQueued = 20;
/** A limit of this service alone: each step's figures are kept, and small batches of a large file would fill the memory. */
const mostSteps = 200_000;

/** Text on record for models, methods and regions that do not go together. */
const notTunable = "The specified base model does not support fine-tuning.";

/** Reads the request, checks what Azure checks before it accepts a job, and puts the job into the queue. */
export function createJob(call: Call): JobRecord {
  const { world, account, now } = call;
  const body = bodyObject(call.request);
  const method = readMethod(body.method);
  const trainingType = readTrainingType(body.trainingType);
  const model = trainableModel(call, body.model, method?.type ?? "supervised", trainingType ?? "standard");
  const training = trainingInput(call, body.training_file, "training_file");
  const validation =
    body.validation_file === undefined || body.validation_file === null
      ? undefined
      : trainingInput(call, body.validation_file, "validation_file");
  const nested = methodHyperparameters(method);
  const requested = nested
    ? readHyperparameters(nested, `method.${method!.type}.hyperparameters`)
    : readHyperparameters(body.hyperparameters, "hyperparameters");
  const options = {
    ...optional("suffix", readSuffix(body.suffix, call.flavour)),
    seed: readSeed(body.seed) ?? randomInt(2147483647),
    ...optional("integrations", readIntegrations(body.integrations, account.kind)),
    ...optional("metadata", readMetadata(body.metadata)),
  };
  const chosen = choose(requested, rowsOf(training));
  checkSteps(stepsOf(rowsOf(training), chosen));
  checkRoom(call);
  // From here on the job is accepted: it takes the outcome that waits for the next one.
  const trainingMs = world.settings.trainingSeconds * 1000;
  const fault = account.dataPlane.nextJobFaults?.shift();
  const files = validation ? [training, validation] : [training];
  const job: JobRecord = {
    id: newId("ftjob"),
    model: model.name,
    baseModel: model.base.id,
    createdAt: now,
    trainingFile: training.id,
    ...optional("validationFile", validation?.id),
    ancestors: model.job ? [...model.job.ancestors, model.job.id] : [],
    ...options,
    ...optional("method", method),
    requested,
    chosen,
    ...optional("trainingType", trainingType),
    trainingRows: rowsOf(training),
    preparationMs: Math.max(Math.min(1000, trainingMs / 10), ...files.map(({ processedAt }) => processedAt - now)),
    trainingMs,
    stops: [],
    ...optional("problem", validationProblem(training, validation, method?.type ?? "supervised", fault)),
    resultFileId: newId("file"),
    ...optional("fault", fault),
  };
  keepInputs(call, job, model);
  account.dataPlane.jobs.push(job);
  account.dataPlane.jobsEverCreated += 1;
  settleJobs(account.dataPlane, now);
  world.save();
  if (!job.problem) {
    // Starts at once, so that the figures are there when somebody asks; a failure shows when they are asked for.
    setImmediate(() => void trainingResult(world, job).catch(() => undefined));
  }
  return job;
}

function trainableModel(call: Call, name: unknown, method: JobMethod["type"], trainingType: string): ModelInfo {
  if (typeof name !== "string" || name === "") {
    throw invalidPayload("model is required: the name of a base model or of a fine-tuned model.", "model");
  }
  const model = findModel(call.world, call.account, name);
  const location = call.account.location.toLowerCase().replaceAll(" ", "");
  const inRegion = trainingType !== "standard" || model?.base.standardRegions.includes(location) === true;
  const ended = model?.base.fineTuneEndsOn !== undefined && call.now >= Date.parse(model.base.fineTuneEndsOn);
  if (!model || !model.base.methods.includes(method) || !inRegion || ended) {
    throw invalidPayload(notTunable, "model");
  }
  return model;
}

function trainingInput(call: Call, id: unknown, name: string): FileRecord {
  const file = liveFiles(call.account.dataPlane, call.now).find((candidate) => candidate.id === id);
  if (!file) {
    throw invalidPayload(`${name} is ${JSON.stringify(id)}; the resource has no such file.`, name);
  }
  if (file.purpose !== "fine-tune") {
    throw invalidPayload(`${name} '${file.id}' has the purpose '${file.purpose}'; it must be 'fine-tune'.`, name);
  }
  // Clients of the 2023 versions submit right after the upload; there the job waits for its files [guess].
  const waits = !isSince(call.flavour, "2024-01-01") && file.importFrom === undefined;
  if (fileStatus(file, call.now) !== "processed" && !waits) {
    throw invalidPayload("The specified file reference must point to a completed file import.", name);
  }
  return file;
}

function checkSteps(steps: number): void {
  if (steps > mostSteps) {
    throw invalidPayload(
      `The job would take ${steps} steps; this service rehearses at most ${mostSteps}. ` +
        "Ask for a larger batch_size or fewer n_epochs.",
      "hyperparameters.batch_size",
    );
  }
}

function checkRoom({ account, now }: Call): void {
  const { jobs } = account.dataPlane;
  if (jobs.length >= mostJobs) {
    throw quotaExceeded(
      `The resource holds ${mostJobs} fine-tuning jobs, the most it may. Delete jobs that are not needed.`,
    );
  }
  const waiting = jobs.filter((job) => ["preparing", "queued"].includes(phaseAt(job, now)));
  if (waiting.length >= mostQueued) {
    throw quotaExceeded(`${mostQueued} fine-tuning jobs wait already, the most that may.`, { "retry-after": "60" });
  }
}

/** The job keeps the rows it was given: its files may be deleted while it runs. */
function keepInputs({ world }: Call, job: JobRecord, model: ModelInfo): void {
  shareBlob(world, job.trainingFile, trainingBlob(job.id));
  if (job.validationFile !== undefined) {
    shareBlob(world, job.validationFile, validationBlob(job.id));
  }
  const parent = model.job;
  if (parent) {
    shareBlob(world, trainingBlob(parent.id), knownBlob(job.id, parent.id));
    for (const ancestor of parent.ancestors) {
      shareBlob(world, knownBlob(parent.id, ancestor), knownBlob(job.id, ancestor));
    }
  }
}

/** The job's copy of what an earlier job in its line was trained on. */
function knownBlob(jobId: string, ancestor: string): string {
  return `${jobId}.known.${ancestor}.jsonl`;
}

function rowsOf(file: FileRecord): number {
  const rows: RowCounts = file.rows ?? { chat: 0, preference: 0, prompt: 0 };
  return rows.chat + rows.preference + rows.prompt;
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
