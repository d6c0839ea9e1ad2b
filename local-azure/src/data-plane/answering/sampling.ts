import { createHash } from "node:crypto";
import type { Answer } from "./exchanges";

/** An answer that was considered, and its weight beside the others. */
export interface Candidate {
  answer: Answer;
  weight: number;
}

export interface Sampling {
  /** Number of answers. */
  n: number;
  /** Undefined: the nearest answers. */
  temperature: number | undefined;
  seed: number | undefined;
}

/** How fast an example loses weight with its distance: one that is 0.05 less near weighs e times less. */
const SPREAD = 0.05;

/** Weight of an example, by how much nearer the nearest one is (0 or less). */
export function weightOf(distance: number): number {
  return Math.exp(distance / SPREAD);
}

/**
 * `n` answers, each a different one while there are such. Without `temperature`, and with 0, they are the nearest; else they are drawn by
 * weight^(1/temperature), by numbers that follow from the seed and the last message: the same request has the same answer.
 */
export function drawn(candidates: Candidate[], { n, temperature, seed = 0 }: Sampling, question: string): Answer[] {
  const left = [...candidates];
  const answers: Answer[] = [];
  while (answers.length < n && left.length > 0) {
    const at = temperature ? pick(left, temperature, `${seed}|${answers.length}|${question}`) : 0;
    answers.push(left.splice(at, 1)[0]!.answer);
  }
  while (answers.length < n) answers.push(answers.at(-1)!);
  return answers;
}

function pick(candidates: Candidate[], temperature: number, source: string): number {
  const weights = candidates.map(({ weight }) => weight ** (1 / temperature));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let left = numberOf(source) * sum;
  const at = weights.findIndex((weight) => (left -= weight) < 0);
  return at < 0 ? 0 : at;
}

/** A number from 0 to 1 that follows from a text. */
function numberOf(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 32;
}
