import type { JobRecord } from "../../world/state";
import { asObject } from "../../http/request";
import { seconds } from "../api/unix-time";
import type { TrainingResult } from "../training/training-run";
import {
  finishedAt,
  isTerminal,
  naturalEnd,
  phaseAt,
  preparedAt,
  problemOf,
  type Phase,
} from "../../course/job-course";
import { hyperparametersView } from "./hyperparameters";
import { resultFileAt } from "../training/result-file";
import { tunedModelName } from "../../models/tuned-model";

/**
 * Phases as the API names them, in v1 too: the live endpoint says pending there, against its schema (recorded). That a preempted job reads
 * paused is a guess after "paused Developer jobs resume automatically" (fine-tuning cost page).
 */
const statuses: Partial<Record<Phase, string>> = { preparing: "pending", queued: "pending", preempted: "paused" };

/** The status that the API shows in a phase. */
export function jobStatus(phase: Phase): string {
  return statuses[phase] ?? phase;
}

/**
 * The job as the API shows it, the same in both flavours; members without value are left out, as on record.
 * @param result - figures of the training, needed once the job has succeeded
 */
export function jobView(job: JobRecord, now: number, result: TrainingResult | undefined): Record<string, unknown> {
  const phase = phaseAt(job, now);
  const end = finishedAt(job, now);
  const problem = phase === "failed" ? problemOf(job) : undefined;
  const succeeded = phase === "succeeded";
  return withoutUndefined({
    // That answers repeat them is a guess. What has a name of the answer's own never shows.
    ...job.unknownMembers,
    id: job.id,
    object: "fine_tuning.job",
    created_at: seconds(job.createdAt),
    model: job.model,
    status: jobStatus(phase),
    fine_tuned_model: succeeded ? tunedModelName(job) : undefined,
    training_file: job.trainingFile,
    validation_file: job.validationFile,
    result_files: resultFileAt(job, now) === undefined ? undefined : [job.resultFileId],
    finished_at: end === undefined ? undefined : seconds(end),
    trained_tokens: succeeded && result ? trainedTokens(job, result) : undefined,
    hyperparameters: hyperparametersView(job.startedAt === undefined ? job.requested : job.chosen),
    method: job.method && methodView(job),
    suffix: job.suffix,
    seed: job.seed,
    trainingType: job.trainingType,
    integrations: job.integrations,
    metadata: job.metadata,
    estimated_finish: isTerminal(phase) ? seconds(end!) : estimate(job),
    error: problem && { code: problem.code, message: problem.message, param: problem.param ?? null },
  });
}

/**
 * `trained_tokens` is no count of tokens and not the bill: every public record of a job has the bytes of the training file, without its
 * line ends, / 4 x epochs (2,697 bytes with 9 line ends x 10 epochs: 6,720, of which 5,000 were billed).
 */
function trainedTokens(job: JobRecord, { rowBytes }: TrainingResult): number | undefined {
  return rowBytes === undefined ? undefined : Math.round((rowBytes / 4) * job.chosen.epochs);
}

/** What is billed: the training file's tokens in each epoch, in whole thousands (recorded; that they are rounded to the nearest: guess). */
export function billedTokens(job: JobRecord, { tokensPerEpoch }: TrainingResult): number {
  return Math.round((tokensPerEpoch * job.chosen.epochs) / 1000) * 1000;
}

function estimate(job: JobRecord): number {
  return seconds(naturalEnd(job) ?? (job.startedAt ?? preparedAt(job)) + job.trainingMs);
}

/** As sent, with the values in use once the job runs. */
function methodView(job: JobRecord): Record<string, unknown> {
  const method = job.method!;
  const details = asObject(method[method.type]);
  const sent = asObject(details?.hyperparameters);
  const values = hyperparametersView(job.startedAt === undefined ? job.requested : job.chosen);
  return sent ? { ...method, [method.type]: { ...details, hyperparameters: { ...sent, ...values } } } : method;
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
