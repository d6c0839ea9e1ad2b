import type { DataPlane } from "../../azure-openai/data-plane";
import { AzureFailure, isNotFound } from "../../azure-openai/failure";
import type { RemoteJob } from "../../azure-openai/remote-jobs";
import { remoteHash } from "../runtime/remote-content";
import { isModel } from "./base-model";
import { sameJson } from "./canonical-json";
import { extraMembers, isMembers } from "./extra-body";
import { wireHyperparameters } from "./job-request";
import type { FineTuningJobInputs } from "./schema";

/** The job that `existingJobId` names is not the training that the stack describes. */
export class MisfitError extends Error {
  constructor({ id }: RemoteJob, differences: string[]) {
    super(
      `existingJobId is ${id}, which does not match the settings: ${differences.join("; ")}. Change the settings to match it, or remove existingJobId to train a new job.`,
    );
    this.name = "MisfitError";
  }
}

/**
 * The job that `existingJobId` names, after checking that it is the training that the stack describes: model, method, hyperparameters,
 * seed and `extraBody` as far as the stack sets them, and the content of its files.
 *
 * @throws MisfitError with what differs and what to do; AzureFailure
 */
export async function adoptExistingJob(
  dataPlane: DataPlane,
  inputs: FineTuningJobInputs,
  say: (line: string) => void,
): Promise<RemoteJob> {
  const job = await find(dataPlane, inputs.existingJobId!);
  const differences = [...compare(job, inputs), ...(await compareFiles(dataPlane, job, inputs, say))];
  if (differences.length > 0) throw new MisfitError(job, differences);
  say(`adopted the existing job ${job.id} (${job.status})`);
  return job;
}

/**
 * The job that `existingJobId` names, as far as a preview can tell whether it fits: its files are compared when it is adopted, since that
 * downloads them.
 *
 * @throws MisfitError with what differs and what to do; AzureFailure
 */
export async function previewExistingJob(dataPlane: DataPlane, inputs: FineTuningJobInputs): Promise<RemoteJob> {
  const job = await find(dataPlane, inputs.existingJobId!);
  const differences = compare(job, inputs);
  if (differences.length > 0) throw new MisfitError(job, differences);
  return job;
}

async function find(dataPlane: DataPlane, id: string): Promise<RemoteJob> {
  try {
    return await dataPlane.jobs.get(id);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new AzureFailure(`existingJobId is ${id}, but the account has no such job. Correct it, or remove it.`, {
      status: 404,
      code: "notFound",
    });
  }
}

function compare(job: RemoteJob, inputs: FineTuningJobInputs): string[] {
  const differences: string[] = [];
  if (job.status === "failed" || job.status === "cancelled") differences.push(`it is ${job.status}`);
  if (!isModel(inputs.model, job.model)) differences.push(`it trains ${job.model}, not ${inputs.model}`);
  // The service leaves the method out when the submitter did: then it is supervised.
  const method = job.method?.type ?? "supervised";
  if (method !== inputs.method) differences.push(`its method is ${method}, not ${inputs.method}`);
  if (inputs.seed !== undefined && typeof job.seed === "number" && job.seed !== inputs.seed)
    differences.push(`its seed is ${job.seed}, not ${inputs.seed}`);
  for (const [name, wanted] of Object.entries(wireHyperparameters(inputs.hyperparameters))) {
    const given = job.hyperparameters?.[name];
    // -1 is how the service writes "auto" before the training starts.
    if (given === undefined || given === null || given === wanted) continue;
    differences.push(`its ${name} is ${given === -1 ? "auto" : given}, not ${wanted}`);
  }
  for (const [path, wanted] of extraMembers(inputs.extraBody)) {
    const given = path.reduce<unknown>((at, name) => (isMembers(at) ? at[name] : undefined), job);
    // Whether the service returns what it doesn't publish is not known.
    if (given === undefined || given === null || sameJson(given, wanted)) continue;
    differences.push(`its ${path.join(".")} differs from job.extraBody`);
  }
  return differences;
}

async function compareFiles(
  dataPlane: DataPlane,
  job: RemoteJob,
  inputs: FineTuningJobInputs,
  say: (line: string) => void,
): Promise<string[]> {
  const pairs = [
    { kind: "training", id: job.training_file, wanted: inputs.trainingFileId, sha256: inputs.trainingSha256 },
    { kind: "validation", id: job.validation_file, wanted: inputs.validationFileId, sha256: inputs.validationSha256 },
  ];
  const differences: string[] = [];
  for (const { kind, id, wanted, sha256 } of pairs) {
    if ((id ?? undefined) === wanted) continue;
    if (!id || !sha256) {
      differences.push(id ? `it has a validation file and the stack has none` : `it has no ${kind} file`);
      continue;
    }
    const found = await contentHash(dataPlane, id);
    if (found === undefined)
      say(`the ${kind} file ${id} of ${job.id} no longer exists, so its content could not be compared`);
    else if (found !== sha256) differences.push(`its ${kind} file ${id} has different content (different SHA-256)`);
  }
  return differences;
}

/** SHA-256 hex of a remote file; `undefined` when it is gone. */
async function contentHash(dataPlane: DataPlane, fileId: string): Promise<string | undefined> {
  try {
    return await remoteHash(dataPlane, fileId);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
