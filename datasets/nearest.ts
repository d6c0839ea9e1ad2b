import { distance } from "fastest-levenshtein";

/** The candidate that a misspelt name most likely means; `undefined` without candidates. */
export function nearestOf<Name extends string>(name: string, candidates: readonly Name[]): Name | undefined {
  return ranked(name, candidates)[0]?.candidate;
}

/**
 * The same where it is near enough to ask "Did you mean ...?": a third of the letters may
 * differ, or two (swapped ones count as two), and upper and lower case don't count.
 */
export function closeTo<Name extends string>(name: string, candidates: readonly Name[]): Name | undefined {
  const [nearest] = ranked(name, candidates);
  return nearest && nearest.edits <= Math.max(name.length < 4 ? 1 : 2, Math.floor(name.length / 3))
    ? nearest.candidate
    : undefined;
}

function ranked<Name extends string>(name: string, candidates: readonly Name[]): { candidate: Name; edits: number }[] {
  const lower = name.toLowerCase();
  return candidates
    .map((candidate) => ({ candidate, edits: distance(lower, candidate.toLowerCase()) }))
    .sort((one, other) => one.edits - other.edits);
}
