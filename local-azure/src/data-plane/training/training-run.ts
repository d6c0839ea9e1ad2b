import { existsSync, readFileSync } from "node:fs";
import writeFileAtomic from "write-file-atomic";
import type { JobRecord } from "../../world/state";
import type { World } from "../../world/world";
import { asObject } from "../../http/request";
import { blobPath } from "../../storage/blobs";
import { fit } from "./fit";
import type { StepMetrics } from "./step-metrics";
import { readRows } from "../rows/read-rows";
import { TimeSlice } from "./time-slice";
import { billedTokens, toSequence, type TokenSequence } from "./token-sequence";

/** What training a job's rows came to. */
export interface TrainingResult {
  metrics: StepMetrics[];
  /** Tokens of the training file, once; billed are these times the epochs. */
  tokensPerEpoch: number;
  /** Bytes of the training file without its line ends; absent in results that an earlier version stored. */
  rowBytes?: number;
  /** Of reinforcement: the answers that were found. */
  learned?: LearnedAnswer[];
}

/** An answer that a model has learned to give to a row of its training file. */
export interface LearnedAnswer {
  /** Number of the row, from 0. */
  row: number;
  /** Step at which it was learned. */
  step: number;
  text: string;
}

/** Trains a job, whose files are there. */
export type Trainer = (world: Pick<World, "blobFolder">, job: JobRecord) => Promise<TrainingResult>;

/** Set once, when the service is put together: a room above this one trains by reward. */
let rewarded: Trainer | undefined;

/** Says how reinforcement jobs are trained; the others fit the n-gram model. */
export function trainReinforcementBy(trainer: Trainer): void {
  rewarded = trainer;
}

/** Tokens that are kept in memory per file; rows beyond are only counted, and earlier ones take their place. */
const MAX_KEPT_TOKENS = 4_000_000;

const running = new WeakMap<World, Map<string, Promise<TrainingResult>>>();

/** Names under which a job keeps its own copies of the files it was given. */
export const trainingBlob = (jobId: string): string => `${jobId}.training.jsonl`;
export const validationBlob = (jobId: string): string => `${jobId}.validation.jsonl`;

/**
 * The result of a job's training: computed once, kept beside the state, and computed again (to the same figures) if
 * that was lost. Quick for a few hundred rows; large files take seconds and let requests through meanwhile.
 */
export function trainingResult(world: World, job: JobRecord): Promise<TrainingResult> {
  const runs = running.get(world) ?? new Map<string, Promise<TrainingResult>>();
  running.set(world, runs);
  const started = runs.get(job.id) ?? load(world, job) ?? train(world, job);
  runs.set(job.id, started);
  started.catch(() => runs.delete(job.id));
  return started;
}

function resultPath(world: Pick<World, "blobFolder">, job: JobRecord): string {
  return blobPath(world, `${job.id}.metrics.json`);
}

function load(world: Pick<World, "blobFolder">, job: JobRecord): Promise<TrainingResult> | undefined {
  try {
    const result = JSON.parse(readFileSync(resultPath(world, job), "utf8")) as TrainingResult | null;
    return Array.isArray(result?.metrics) ? Promise.resolve(result) : undefined;
  } catch {
    return undefined; // Not there yet, or half of it after a full disk: computed again.
  }
}

async function train(world: Pick<World, "blobFolder">, job: JobRecord): Promise<TrainingResult> {
  const trainer = (job.method?.type === "reinforcement" && rewarded) || fitted;
  const result = await trainer(world, job);
  // The job may have been deleted meanwhile; its result must not come back as a stray file.
  if (existsSync(blobPath(world, trainingBlob(job.id))))
    await writeFileAtomic(resultPath(world, job), JSON.stringify(result), { mode: 0o600 });
  return result;
}

async function fitted(world: Pick<World, "blobFolder">, job: JobRecord): Promise<TrainingResult> {
  const training = await readFile(blobPath(world, trainingBlob(job.id)));
  const validationPath = blobPath(world, validationBlob(job.id));
  const validation = existsSync(validationPath)
    ? await readFile(validationPath)
    : { sequences: [], tokens: 0, bytes: 0 };
  const known: TokenSequence[] = [];
  for (const ancestor of job.ancestors) {
    const path = blobPath(world, `${job.id}.known.${ancestor}.jsonl`);
    known.push(...(await readFile(path)).sequences);
  }
  const metrics = await fit(training.sequences, validation.sequences, known, job.chosen, job.seed, betaOf(job));
  return { metrics, tokensPerEpoch: training.tokens, rowBytes: training.bytes };
}

/** `method.dpo.hyperparameters.beta`, if it is a number. */
function betaOf({ method }: JobRecord): number | undefined {
  const { beta } = asObject(asObject(method?.dpo)?.hyperparameters) ?? {};
  return typeof beta === "number" && beta > 0 ? beta : undefined;
}

/** The rows of a stored file as the model reads them, with what they are billed and their bytes. */
export async function readFile(path: string): Promise<{ sequences: TokenSequence[]; tokens: number; bytes: number }> {
  const slice = new TimeSlice();
  const sequences: TokenSequence[] = [];
  let [tokens, bytes, kept, whole] = [0, 0, 0, 0];
  const countBytes = (more: number) => {
    bytes += more;
  };
  for await (const row of readRows(path, countBytes)) {
    const sequence = toSequence(row);
    tokens += billedTokens(sequence, row);
    if (kept < MAX_KEPT_TOKENS) {
      kept += sequence.ids.length;
      whole = sequences.push(sequence);
    } else {
      sequences.push(sequences[sequences.length % whole]!);
    }
    await slice.pause();
  }
  return { sequences, tokens, bytes };
}
