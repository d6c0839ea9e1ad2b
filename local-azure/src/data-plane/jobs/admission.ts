import { isSince } from "../api/flavour";
import type { Call } from "../api/call";
import { invalidPayload, quotaExceeded } from "../api/errors";
import { phaseAt } from "../../course/job-course";
import { isOfferedOn } from "../../models/base-models";
import { findModel, type ModelInfo } from "../../models/find-model";
import { stepsOf } from "../../models/tuned-model";
import type { FileRecord, Hyperparameters, JobMethod, RowCounts } from "../../world/state";
import { fileStatus, liveFiles } from "../files/file-state";
import { choose } from "./hyperparameters";
import type { JobRequest } from "./job-request";

/** Jobs that an account can hold, and those that can wait (quotas page, 2026-02). */
const MAX_JOBS = 100;
const MAX_QUEUED = 20;
/** A limit of this service alone: each step's figures are kept, and small batches of a large file would fill the memory. */
const MAX_STEPS = 200_000;

/** Text on record for models, methods and regions that do not go together. */
const NOT_TUNABLE = "The specified base model does not support fine-tuning.";

/** What an accepted job works on. */
export interface Admission {
  model: ModelInfo;
  training: FileRecord;
  validation: FileRecord | undefined;
  /** Examples in the training file. */
  rows: number;
  /** The requested values, or the service's choice. */
  chosen: Hyperparameters;
}

/**
 * Checks what Azure checks before it accepts a job: that the model can be trained here and now, that the files are
 * there, and that the account has room for another job. Changes nothing.
 * @throws AzureError 400 (model, files), 403 or 429 (no room)
 */
export function admit(call: Call, request: JobRequest): Admission {
  const model = trainableModel(call, request);
  const training = trainingInput(call, request.trainingFile, "training_file");
  const validation =
    request.validationFile === undefined ? undefined : trainingInput(call, request.validationFile, "validation_file");
  const rows = rowsOf(training);
  const chosen = choose(request.hyperparameters, rows);
  checkSteps(stepsOf(rows, chosen));
  checkRoom(call);
  return { model, training, validation, rows, chosen };
}

function trainableModel({ world, account, now }: Call, request: JobRequest): ModelInfo {
  // Reported with this very sentence (BerriAI/litellm#24687).
  if (world.settings.requireTrainingType && request.trainingType === undefined)
    throw invalidPayload(NOT_TUNABLE, "trainingType");
  const method: JobMethod["type"] = request.method?.type ?? "supervised";
  const model = findModel(world, account, request.model);
  const location = account.location.toLowerCase().replaceAll(" ", "");
  const type = request.trainingType ?? "standard";
  const offered = model?.base.trainingTypes.includes(type) === true;
  const inRegion = type !== "standard" || model?.base.standardRegions.includes(location) === true;
  const ended = model?.base.fineTuneEndsOn !== undefined && now >= Date.parse(model.base.fineTuneEndsOn);
  const offeredHere = model !== undefined && isOfferedOn(model.base, account.kind);
  if (!model || !offeredHere || !model.base.methods.includes(method) || !offered || !inRegion || ended)
    throw invalidPayload(NOT_TUNABLE, "model");
  return model;
}

function trainingInput(call: Call, id: unknown, name: string): FileRecord {
  const file = liveFiles(call.account.dataPlane, call.now).find((candidate) => candidate.id === id);
  if (!file) throw invalidPayload(`${name} is ${JSON.stringify(id)}; the resource has no such file.`, name);
  if (file.purpose !== "fine-tune")
    throw invalidPayload(`${name} '${file.id}' has the purpose '${file.purpose}'; it must be 'fine-tune'.`, name);
  // Clients of the 2023 versions submit right after the upload; there the job waits for its files [guess].
  const waits = !isSince(call.flavour, "2024-01-01") && file.importFrom === undefined;
  if (fileStatus(file, call.now) !== "processed" && !waits)
    throw invalidPayload("The specified file reference must point to a completed file import.", name);
  return file;
}

function checkSteps(steps: number): void {
  if (steps > MAX_STEPS) {
    throw invalidPayload(
      `The job would take ${steps} steps; this service rehearses at most ${MAX_STEPS}. ` +
        "Ask for a larger batch_size or fewer n_epochs.",
      "hyperparameters.batch_size",
    );
  }
}

function checkRoom({ account, now }: Call): void {
  const { jobs } = account.dataPlane;
  if (jobs.length >= MAX_JOBS) {
    throw quotaExceeded(
      `The resource holds ${MAX_JOBS} fine-tuning jobs, the maximum. Delete jobs you no longer need.`,
    );
  }
  const waiting = jobs.filter((job) => ["preparing", "queued"].includes(phaseAt(job, now)));
  if (waiting.length >= MAX_QUEUED) {
    throw quotaExceeded(
      `${MAX_QUEUED} fine-tuning jobs are already waiting, the maximum. Retry when one of them has started.`,
      { "retry-after": "60" },
    );
  }
}

function rowsOf(file: FileRecord): number {
  const rows: RowCounts = file.rows ?? { chat: 0, preference: 0, prompt: 0 };
  return rows.chat + rows.preference + rows.prompt;
}
