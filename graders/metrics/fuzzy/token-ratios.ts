import { codePoints, Pattern } from "./pattern";
import { partialRatio, ratio } from "./ratio";

/** The larger of rapidfuzz's `fuzz.token_sort_ratio` and `fuzz.token_set_ratio`, 0 to 1: word order, and words said again, don't count. */
export function tokenRatio(one: string, other: string): number {
  return Math.max(ratio(sorted(tokensOf(one)), sorted(tokensOf(other))), tokenSetRatio(one, other));
}

function tokenSetRatio(one: string, other: string): number {
  const [a, b] = [new Set(tokensOf(one)), new Set(tokensOf(other))];
  if (a.size === 0 || b.size === 0) return 0;
  const common = [...a].filter((token) => b.has(token));
  const onlyA = without(a, b);
  const onlyB = without(b, a);
  if (common.length > 0 && (onlyA.length === 0 || onlyB.length === 0)) return 1;
  const [restA, restB] = [codePoints(sorted(onlyA)), codePoints(sorted(onlyB))];
  const shared = codePoints(common.join(" ")).length;
  const space = shared > 0 ? 1 : 0;
  const [lengthA, lengthB] = [shared + space + restA.length, shared + space + restB.length];
  const distance = restA.length + restB.length - 2 * new Pattern(restA).lcs(restB);
  const whole = closeness(distance, lengthA + lengthB);
  if (shared === 0) return whole;
  return Math.max(
    whole,
    closeness(space + restA.length, shared + lengthA),
    closeness(space + restB.length, shared + lengthB),
  );
}

/** rapidfuzz's `fuzz.partial_token_ratio`, 0 to 1. */
export function partialTokenRatio(one: string, other: string): number {
  const [tokensA, tokensB] = [tokensOf(one), tokensOf(other)];
  const [a, b] = [new Set(tokensA), new Set(tokensB)];
  const onlyA = without(a, b);
  if (onlyA.length < a.size) return 1;
  const onlyB = without(b, a);
  return Math.max(partialRatio(sorted(tokensA), sorted(tokensB)), partialRatio(sorted(onlyA), sorted(onlyB)));
}

function closeness(distance: number, length: number): number {
  return length === 0 ? 1 : 1 - distance / length;
}

function tokensOf(text: string): string[] {
  return text.split(/\s+/).filter((token) => token !== "");
}

function without(tokens: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...tokens].filter((token) => !others.has(token));
}

/** In the order of code points, as Python sorts. */
function sorted(tokens: readonly string[]): string {
  return tokens.toSorted(byCodePoint).join(" ");
}

function byCodePoint(one: string, other: string): number {
  const [a, b] = [codePoints(one), codePoints(other)];
  const differing = a.findIndex((code, at) => code !== b[at]);
  return differing < 0 ? a.length - b.length : differing >= b.length ? 1 : a[differing]! - b[differing]!;
}
