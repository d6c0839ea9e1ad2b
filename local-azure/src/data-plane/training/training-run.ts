import { existsSync, readFileSync } from "node:fs";
import writeFileAtomic from "write-file-atomic";
import type { JobRecord } from "../../world/state";
import type { World } from "../../world/world";
import { blobPath } from "../../storage/blobs";
import { fit, type StepMetrics } from "./fit";
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
  const metrics = await fit(training.sequences, validation.sequences, known, job.chosen, job.seed);
  const result: TrainingResult = { metrics, tokensPerEpoch: training.tokens, rowBytes: training.bytes };
  // The job may have been deleted meanwhile; its result must not come back as a stray file.
  if (existsSync(blobPath(world, trainingBlob(job.id))))
    await writeFileAtomic(resultPath(world, job), JSON.stringify(result), { mode: 0o600 });
  return result;
}

async function readFile(path: string): Promise<{ sequences: TokenSequence[]; tokens: number; bytes: number }> {
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
