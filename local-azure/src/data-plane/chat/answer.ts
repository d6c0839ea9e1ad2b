import { existsSync } from "node:fs";
import type { JobRecord } from "../../world/state";
import type { World } from "../../world/world";
import { blobPath } from "../../storage/blobs";
import type { Message } from "../rows/training-row";
import type { ModelInfo } from "../../models/find-model";
import { decode, encode } from "../training/tokenizer";
import { readRows } from "../rows/read-rows";
import { learnedRows } from "../training/learned-rows";
import { trainingBlob } from "../training/training-run";
import { ExampleIndex, exchangesOf, textBefore, type Exchange } from "./example-index";
import type { ChatRequest } from "./chat-request";
import type { ToolCall } from "./tools";

/** Rows of a training file that are searched for an answer at most. */
const MAX_ROWS = 20_000;
/** Models whose examples are kept in memory, indexed, per service. */
const MAX_INDEXES = 4;

const kept = new WeakMap<World, Map<string, Promise<ExampleIndex>>>();

/**
 * Texts of the `n` answers. A fine-tuned model gives the assistant turns of the nearest examples it was tuned on, and of
 * examples in the conversation itself; a base model has only the latter. Without any that is near, a sentence says so.
 */
export async function answersOf(world: World, model: ModelInfo, { messages, n }: ChatRequest): Promise<string[]> {
  const asked = messages.findLastIndex(({ role }) => role === "user");
  const question = messages[asked]?.text ?? "";
  const shown = exchangesOf(messages.slice(0, Math.max(asked, 0)));
  const learned = model.job ? await indexOf(world, model.job, model.step) : new ExampleIndex([]);
  const nearest = learned.extendedBy(shown).nearest(question, textBefore(messages, asked));
  const texts = nearest.length > 0 ? nearest.map(({ answer }) => answer) : [nothingNear(model)];
  return Array.from({ length: n }, (_, index) => texts[Math.min(index, texts.length - 1)]!);
}

function nothingNear({ kind, base }: ModelInfo): string {
  return kind === "base"
    ? `This is a rehearsal of the base model ${base.id}: it has no knowledge of its own. ` +
        "Fine-tune it or give examples in the conversation, and it answers with the nearest of them."
    : `This is a rehearsal of a model fine-tuned from ${base.id}: none of its training examples shares a word with the question.`;
}

/** @param step - of a checkpoint; undefined: the whole training */
function indexOf(world: World, job: JobRecord, step: number | undefined): Promise<ExampleIndex> {
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
      exchanges.push(...exchangesOf(withReference(row.messages, row.reference)));
    }
  }
  return exchanges;
}

/** A row for reinforcement has no answer but the reference that its grader compares with. */
function withReference(messages: Message[], reference: string | undefined): Message[] {
  return reference ? [...messages, { role: "assistant", text: reference, learned: true }] : messages;
}

export interface FinishedText {
  text: string;
  toolCalls: ToolCall[];
  finishReason: "stop" | "length" | "tool_calls" | "content_filter";
}

/** Ends the text before the first stop text, and after the tokens allowed. */
export function finish(text: string, { stop, maxTokens }: ChatRequest): FinishedText {
  const cut = Math.min(...stop.map((word) => text.indexOf(word)).filter((at) => at >= 0), text.length);
  const stopped = text.slice(0, cut);
  const ids = maxTokens === undefined ? [] : encode(stopped);
  if (maxTokens === undefined || ids.length <= maxTokens) return { text: stopped, toolCalls: [], finishReason: "stop" };
  // A character cut in half is left out.
  const kept = decode(ids.slice(0, maxTokens)).replace(/\uFFFD+$/, "");
  return { text: kept, toolCalls: [], finishReason: "length" };
}

/** A streamed answer that the content filter ends: half of it has been sent by then [guess how much]. */
export function filteredHalf({ text }: FinishedText): FinishedText {
  const words = text.split(/(?<=\s)/);
  return { text: words.slice(0, Math.floor(words.length / 2)).join(""), toolCalls: [], finishReason: "content_filter" };
}
