import { count as inDigits, counted } from "../../format/count";
import type { ReadRow } from "../../datasets/shapes";

/** Reasons that are listed, and places that each names; all are counted. */
const LISTED = 20;
const PLACES = 3;

type Place = Pick<ReadRow, "line" | "item">;

/** Rows that were not converted: each reason once, with the first rows that it is about and the number of the others. */
export class Refusals {
  count = 0;
  private readonly reasons = new Map<string, { count: number; first: Place[] }>();

  add({ line, item }: Place, reason: string): void {
    this.count++;
    const known = this.reasons.get(reason);
    if (known) {
      known.count++;
      if (known.first.length < PLACES) known.first.push({ line, item });
    } else if (this.reasons.size < LISTED) {
      this.reasons.set(reason, { count: 1, first: [{ line, item }] });
    }
  }

  /** Lines for people, in the order in which the reasons came up. */
  text(): string {
    const lines = [...this.reasons].map(
      ([reason, { count, first }]) => `${places(first, count)}: refused: ${reason}\n`,
    );
    const listed = [...this.reasons.values()].reduce((sum, { count }) => sum + count, 0);
    const rest = this.count - listed;
    if (rest > 0) lines.push(`... and ${counted(rest, "more row")} refused for other reasons\n`);
    return lines.join("");
  }
}

/** `line 5`, or `item 3 (line 17)` where rows are the items of an array. */
export function placeOf(place: Place): string {
  return `${noun(place)} ${numberOf(place)}`;
}

function places(first: readonly Place[], count: number): string {
  if (count === 1) return placeOf(first[0]!);
  const numbers = first.map(numberOf);
  const last = count > first.length ? `${inDigits(count - first.length)} more` : numbers.pop()!;
  return `${noun(first[0]!)}s ${numbers.join(", ")} and ${last}`;
}

function noun({ item }: Place): string {
  return item === undefined ? "line" : "item";
}

function numberOf({ line, item }: Place): string {
  return item === undefined ? String(line) : `${item} (line ${line})`;
}
