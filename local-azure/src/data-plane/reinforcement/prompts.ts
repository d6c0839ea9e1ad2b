import { questionAt, type Question } from "../answering/exchanges";
import { readRows } from "../rows/read-rows";
import type { TrainingRow } from "../rows/training-row";

/** A row without an answer: what it asks, and what its grader reads. */
export interface Prompt {
  /** Number of the row in its file, from 0. */
  row: number;
  question: Question;
  item: Record<string, unknown>;
}

/** Prompts of a stored file, the first `most` of them. */
export async function readPrompts(path: string, most: number): Promise<Prompt[]> {
  const prompts: Prompt[] = [];
  for await (const row of readRows(path)) {
    if (prompts.length >= most) break;
    prompts.push(promptOf(row, prompts.length));
  }
  return prompts;
}

function promptOf({ messages, item = {} }: TrainingRow, row: number): Prompt {
  const nothing: Question = { question: "", images: [], context: "", results: undefined };
  return { row, question: questionAt(messages) ?? nothing, item };
}
