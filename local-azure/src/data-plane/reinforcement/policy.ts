import { ExampleIndex } from "../answering/example-index";
import type { LearnedAnswer } from "../training/training-run";
import type { Prompt } from "./prompts";

/** Rows near a question that are looked at for an answer. */
const NEIGHBOURS = 8;

/** What the model would answer at a moment of its training: what it has learned for the row, or for the nearest row that it knows. */
export class Policy {
  readonly learned = new Map<number, LearnedAnswer>();
  private readonly rows: ExampleIndex;

  constructor(training: readonly Prompt[]) {
    this.rows = new ExampleIndex(
      training.map(({ question, row }) => ({ ...question, answer: { text: String(row), calls: [] } })),
    );
  }

  /** @param own - the row of the training file, if it is one */
  answer({ question }: Prompt, own?: number): string {
    const known = own === undefined ? undefined : this.learned.get(own);
    if (known) return known.text;
    const near = this.rows.nearest(question, NEIGHBOURS).map(({ exchange }) => Number(exchange.answer.text));
    const row = near.find((one) => this.learned.has(one));
    return row === undefined ? "" : this.learned.get(row)!.text;
  }

  learn(answer: LearnedAnswer): void {
    this.learned.set(answer.row, answer);
  }
}
