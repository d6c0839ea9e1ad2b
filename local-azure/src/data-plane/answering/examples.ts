import { existsSync } from "node:fs";
import { blobPath } from "../../storage/blobs";
import type { JobRecord } from "../../world/state";
import type { World } from "../../world/world";
import { readRows } from "../rows/read-rows";
import type { Message } from "../rows/training-row";
import { learnedRows } from "../training/learned-rows";
import { trainingBlob, trainingResult } from "../training/training-run";
import { ExampleIndex } from "./example-index";
import { exchangesOf, type Exchange } from "./exchanges";

/** Rows of a training file that are searched for an answer at most. */
const MAX_ROWS = 20_000;
/** Models whose examples are kept in memory, indexed, per service. */
const MAX_INDEXES = 4;

const kept = new WeakMap<World, Map<string, Promise<ExampleIndex>>>();

/**
 * The examples that a job's model was tuned on, indexed; those of the models it was tuned from, too.
 * @param step - of a checkpoint; undefined: the whole training
 */
export function examplesOf(world: World, job: JobRecord, step: number | undefined): Promise<ExampleIndex> {
  const cache = kept.get(world) ?? new Map<string, Promise<ExampleIndex>>();
  kept.set(world, cache);
  const key = `${job.id} ${step ?? ""}`;
  const found = cache.get(key) ?? readExamples(world, job, step).then((examples) => new ExampleIndex(examples));
  // Re-insertion keeps the most recently used ones at the end.
  cache.delete(key);
  cache.set(key, found);
  found.catch(() => cache.delete(key));
  for (const oldest of [...cache.keys()].slice(0, Math.max(0, cache.size - MAX_INDEXES))) cache.delete(oldest);
  return found;
}

async function readExamples(world: World, job: JobRecord, step: number | undefined): Promise<Exchange[]> {
  const own = trainingBlob(job.id);
  const isLearned = learnedRows(job, step);
  const rewarded = await rewardedAnswers(world, job, step);
  const names = [own, ...job.ancestors.map((ancestor) => `${job.id}.known.${ancestor}.jsonl`)];
  const exchanges: Exchange[] = [];
  let rows = 0;
  for (const name of names.filter((one) => existsSync(blobPath(world, one)))) {
    for await (const row of readRows(blobPath(world, name))) {
      if ((rows += 1) > MAX_ROWS) return exchanges;
      const answer = name === own && rewarded ? rewarded.get(rows - 1) : row.reference;
      if (name === own && (rewarded ? answer === undefined : !isLearned(rows - 1))) continue;
      exchanges.push(...exchangesOf(withAnswer(row.messages, answer), ({ learned }) => learned));
    }
  }
  return exchanges;
}

/** What a reinforcement job has learned to answer by a step, by row; undefined for other jobs, and for results of an earlier version. */
async function rewardedAnswers(
  world: World,
  job: JobRecord,
  step: number | undefined,
): Promise<Map<number, string> | undefined> {
  if (job.method?.type !== "reinforcement") return undefined;
  const { learned } = await trainingResult(world, job);
  const known = learned?.filter((answer) => answer.step <= (step ?? Infinity));
  return known && new Map(known.map(({ row, text }) => [row, text]));
}

/** A row for reinforcement has no answer of its own: what was rewarded, or the reference that its grader compares with. */
function withAnswer(messages: Message[], answer: string | undefined): Message[] {
  return answer ? [...messages, { role: "assistant", text: answer, learned: true }] : messages;
}
