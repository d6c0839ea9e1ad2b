import { existsSync } from "node:fs";
import { blobPath } from "../../storage/blobs";
import type { JobRecord } from "../../world/state";
import type { World } from "../../world/world";
import { readRows } from "../rows/read-rows";
import type { Message } from "../rows/training-row";
import { learnedRows } from "../training/learned-rows";
import { trainingBlob } from "../training/training-run";
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
  const names = [own, ...job.ancestors.map((ancestor) => `${job.id}.known.${ancestor}.jsonl`)];
  const exchanges: Exchange[] = [];
  let rows = 0;
  for (const name of names.filter((one) => existsSync(blobPath(world, one)))) {
    for await (const row of readRows(blobPath(world, name))) {
      if ((rows += 1) > MAX_ROWS) return exchanges;
      if (name === own && !isLearned(rows - 1)) continue;
      exchanges.push(...exchangesOf(withReference(row.messages, row.reference), ({ learned }) => learned));
    }
  }
  return exchanges;
}

/** A row for reinforcement has no answer but the reference that its grader compares with. */
function withReference(messages: Message[], reference: string | undefined): Message[] {
  return reference ? [...messages, { role: "assistant", text: reference, learned: true }] : messages;
}
