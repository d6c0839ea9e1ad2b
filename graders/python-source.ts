/** Longest source of a Python grader: 256 kB (OpenAI's graders guide). */
const MAX_SOURCE = 256 * 1024;

/**
 * What the service refuses of a Python grader before it runs. That `sys` is refused is on record, in these words; it shows there only after the
 * job is submitted, as a file that could not be preprocessed.
 *
 * @param place - of the grader, e.g. `grader`
 */
export function sourceProblems(source: unknown, place: string): string[] {
  const text = String(source);
  if (Buffer.byteLength(text) > MAX_SOURCE) return [`${place}.source is longer than 256 kB.`];
  if (!/^\s*(async\s+)?def\s+grade\s*\(/m.test(text)) return [`${place}.source has no function grade(sample, item).`];
  return /^\s*(import\s+(\w+\s*,\s*)*sys\b|from\s+sys\b)/m.test(text)
    ? [`${place}.source imports sys: use of module 'sys' is not allowed in Python graders.`]
    : [];
}
