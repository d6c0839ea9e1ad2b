import type { Message } from "../rows/training-row";
import { termsOf } from "./terms";

/** An assistant turn that can be given as an answer, and what it answered. */
export interface Exchange {
  question: string;
  /** All turns before the question. */
  context: string;
  answer: string;
}

/** Assistant turns with text, each with the last user turn before it. */
export function exchangesOf(messages: Message[]): Exchange[] {
  return messages.flatMap((message, at) => {
    const asked = messages.slice(0, at).findLastIndex(({ role }) => role === "user");
    if (message.role !== "assistant" || message.text === "" || asked < 0) return [];
    return [{ question: messages[asked]!.text, context: textBefore(messages, asked), answer: message.text }];
  });
}

export function textBefore(messages: Message[], at: number): string {
  return messages
    .slice(0, at)
    .map(({ text }) => text)
    .join("\n");
}

/** The context settles which of two equally near questions is meant; it never outweighs the question. */
const CONTEXT_WEIGHT = 0.2;

interface Entry {
  exchange: Exchange;
  question: Vector;
  context: Vector;
}

/** Finds exchanges near a question by the cosine of their tf-idf vectors. Thousands take a second to index: keep it. */
export class ExampleIndex {
  private readonly idf: Map<string, number>;
  /** Weight of a term that no question has. */
  private readonly rare: number;
  private readonly entries: Entry[];

  /** @param learned - exchanges indexed before, whose weights of terms hold for the new ones too */
  constructor(exchanges: Exchange[], learned?: ExampleIndex) {
    const documents = exchanges.map(({ question }) => termsOf(question));
    this.rare = learned?.rare ?? idfOf(0, exchanges.length);
    this.idf = learned?.idf ?? idfByTerm(documents);
    const added = exchanges.map((exchange, at) => ({
      exchange,
      question: this.vector(documents[at]!),
      context: this.vector(termsOf(exchange.context)),
    }));
    this.entries = learned ? [...learned.entries, ...added] : added;
  }

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** An index of these exchanges as well; this one stays as it is. */
  extendedBy(exchanges: Exchange[]): ExampleIndex {
    return exchanges.length === 0 ? this : new ExampleIndex(exchanges, this.isEmpty ? undefined : this);
  }

  /** Exchanges that share something with the question, nearest first; the earlier one of equals first. */
  nearest(question: string, context: string): Exchange[] {
    const asked = this.vector(termsOf(question));
    const before = this.vector(termsOf(context));
    return this.entries
      .map((entry) => ({ entry, near: cosine(asked, entry.question), background: cosine(before, entry.context) }))
      .filter(({ near }) => near > 0)
      .sort((a, b) => b.near + CONTEXT_WEIGHT * b.background - (a.near + CONTEXT_WEIGHT * a.background))
      .map(({ entry }) => entry.exchange);
  }

  private vector(terms: Map<string, number>): Vector {
    const weights = new Map<string, number>();
    let square = 0;
    for (const [term, count] of terms) {
      const weight = (1 + Math.log(count)) * (this.idf.get(term) ?? this.rare);
      square += weight * weight;
      if (weight > 0) weights.set(term, weight);
    }
    return { weights, length: Math.sqrt(square) };
  }
}

function idfByTerm(documents: Map<string, number>[]): Map<string, number> {
  const frequency = new Map<string, number>();
  for (const term of documents.flatMap((terms) => [...terms.keys()]))
    frequency.set(term, (frequency.get(term) ?? 0) + 1);
  return new Map([...frequency].map(([term, n]) => [term, idfOf(n, documents.length)]));
}

/** Weight of a term that `n` of `count` questions have; smoothed, so that it never reaches 0. */
function idfOf(n: number, count: number): number {
  return Math.log((count + 1) / (n + 0.5)) + 0.1;
}

interface Vector {
  weights: Map<string, number>;
  length: number;
}

function cosine(a: Vector, b: Vector): number {
  if (a.length === 0 || b.length === 0) return 0;
  let dot = 0;
  for (const [term, weight] of a.weights) dot += weight * (b.weights.get(term) ?? 0);
  return dot / (a.length * b.length);
}
