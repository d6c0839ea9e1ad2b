import type { Exchange, Question } from "./exchanges";
import { Postings, idfByTerm, idfOf, termsOfQuestion, vectorOf, type Idf } from "./term-vectors";
import { termsOf } from "./terms";

/** An exchange and how near it is: 0 (nothing shared) to 1 (the same question), more where context or results agree, too. */
export interface Near {
  exchange: Exchange;
  score: number;
}

/** Context and results settle which of two equally near questions is meant; they never outweigh the question. */
const CONTEXT_WEIGHT = 0.2;

/**
 * Finds exchanges near a question by the cosine of their tf-idf vectors, images counted as terms. Thousands take a second to index: keep it.
 * A search looks only at what shares a term with the question, and at each distinct context once.
 */
export class ExampleIndex {
  /** Whether any exchange calls a function. */
  readonly hasCalls: boolean;
  private readonly idf: Idf;
  private readonly questions: Postings;
  private readonly contexts: Postings;
  private readonly results: Postings;
  /** Number of each exchange's context among the distinct ones, and of its results. */
  private readonly contextOf: Uint32Array;
  private readonly resultsOf: Uint32Array;

  /** @param learned - an index whose weights of terms hold for these exchanges, too */
  constructor(
    private readonly exchanges: Exchange[],
    learned?: ExampleIndex,
  ) {
    this.hasCalls = exchanges.some(({ answer }) => answer.calls.length > 0);
    const documents = exchanges.map(termsOfQuestion);
    this.idf =
      learned && !learned.isEmpty
        ? learned.idf
        : { of: idfByTerm(documents), unknown: idfOf(0, Math.max(1, documents.length)) };
    this.questions = new Postings(documents.map((terms) => vectorOf(terms, this.idf)));
    const contexts = distinct(exchanges.map(({ context }) => context));
    const results = distinct(exchanges.map((exchange) => exchange.results ?? ""));
    this.contextOf = contexts.numbers;
    this.resultsOf = results.numbers;
    this.contexts = new Postings(contexts.texts.map((text) => vectorOf(termsOf(text), this.idf)));
    this.results = new Postings(results.texts.map((text) => vectorOf(termsOf(text), this.idf)));
  }

  get isEmpty(): boolean {
    return this.exchanges.length === 0;
  }

  /**
   * The nearest `count` exchanges that share something with the question and came as far as it (before or after results of functions);
   * of equals the earlier one first.
   */
  nearest(asked: Question, count: number): Near[] {
    const { touched, scores } = this.questions.cosines(vectorOf(termsOfQuestion(asked), this.idf));
    if (touched.length === 0) return [];
    const context = this.contexts.cosines(vectorOf(termsOf(asked.context), this.idf)).scores;
    const results = this.results.cosines(vectorOf(termsOf(asked.results ?? ""), this.idf)).scores;
    const hasResults = asked.results !== undefined;
    const best: Ranked[] = [];
    for (const at of touched) {
      const near = scores[at]!;
      const exchange = this.exchanges[at]!;
      if (near <= 0 || (exchange.results !== undefined) !== hasResults) continue;
      const background = context[this.contextOf[at]!]! + results[this.resultsOf[at]!]!;
      const score = near + CONTEXT_WEIGHT * background;
      if (best.length < count || score >= best[count - 1]!.score) keepBest(best, { exchange, at, score }, count);
    }
    return best;
  }
}

interface Ranked extends Near {
  at: number;
}

/** Puts one in its place among the best, nearest first, of equals the earlier one. */
function keepBest(best: Ranked[], one: Ranked, count: number): void {
  if (best.length === count && !isBefore(one, best[count - 1]!)) return;
  let place = best.length;
  while (place > 0 && isBefore(one, best[place - 1]!)) place -= 1;
  best.splice(place, 0, one);
  if (best.length > count) best.pop();
}

function isBefore(one: Ranked, other: Ranked): boolean {
  return one.score > other.score || (one.score === other.score && one.at < other.at);
}

/** Each text once, and for every text given the number of its like. */
function distinct(all: string[]): { texts: string[]; numbers: Uint32Array } {
  const known = new Map<string, number>();
  const numbers = Uint32Array.from(all, (text) => {
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    return number;
  });
  return { texts: [...known.keys()], numbers };
}
