import type { Question } from "./exchanges";
import { termsOf } from "./terms";

/** Weight of each term, and of one that no document has. */
export interface Idf {
  of: Map<string, number>;
  unknown: number;
}

/** Weights of a document's terms, scaled to length 1. */
export type Vector = Map<string, number>;

/** Terms of a question with their counts; an image counts as a term of its own, which no text can hold. */
export function termsOfQuestion({ question, images }: Pick<Question, "question" | "images">): Map<string, number> {
  const terms = termsOf(question);
  for (const image of images) terms.set(`\u0000${image}`, 1);
  return terms;
}

export function idfByTerm(documents: Map<string, number>[]): Map<string, number> {
  const frequency = new Map<string, number>();
  for (const terms of documents) for (const term of terms.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  return new Map([...frequency].map(([term, n]) => [term, idfOf(n, documents.length)]));
}

/** Weight of a term that `n` of `count` questions have; smoothed, so that it never reaches 0. */
export function idfOf(n: number, count: number): number {
  return Math.log((count + 1) / (n + 0.5)) + 0.1;
}

export function vectorOf(terms: Map<string, number>, idf: Idf): Vector {
  const weights = new Map<string, number>();
  let square = 0;
  for (const [term, count] of terms) {
    const weight = (1 + Math.log(count)) * (idf.of.get(term) ?? idf.unknown);
    if (weight <= 0) continue;
    square += weight * weight;
    weights.set(term, weight);
  }
  const length = Math.sqrt(square);
  for (const [term, weight] of weights) weights.set(term, weight / length);
  return weights;
}

/** Vectors by term: a search costs what shares a term with it, not what there is. */
export class Postings {
  private readonly byTerm = new Map<string, { at: number[]; weights: number[] }>();
  /** Sums of one search, kept between searches; nothing else runs in the meantime. */
  private readonly sums: Float64Array;
  private touched: number[] = [];

  constructor(vectors: Vector[]) {
    this.sums = new Float64Array(vectors.length);
    vectors.forEach((vector, at) => {
      for (const [term, weight] of vector) {
        const entry = this.byTerm.get(term) ?? { at: [], weights: [] };
        entry.at.push(at);
        entry.weights.push(weight);
        this.byTerm.set(term, entry);
      }
    });
  }

  /** Cosines with each vector, valid until the next call, and the numbers of those that are not 0. */
  cosines(vector: Vector): { scores: Float64Array; touched: number[] } {
    for (const at of this.touched) this.sums[at] = 0;
    this.touched = [];
    for (const [term, weight] of vector) {
      const entry = this.byTerm.get(term);
      if (!entry) continue;
      for (let i = 0; i < entry.at.length; i += 1) {
        const at = entry.at[i]!;
        if (this.sums[at] === 0) this.touched.push(at);
        this.sums[at]! += weight * entry.weights[i]!;
      }
    }
    return { scores: this.sums, touched: this.touched };
  }
}
