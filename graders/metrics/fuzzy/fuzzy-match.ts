import { codePoints } from "./pattern";
import { partialRatio, ratio } from "./ratio";
import { partialTokenRatio, tokenRatio } from "./token-ratios";

const TOKENS = 0.95;

/**
 * `fuzzy_match`, 0 to 1: rapidfuzz 3.10.1's `fuzz.WRatio(a, b, processor=default_process) / 100`. The service says that it uses rapidfuzz, not
 * which function; this is the one of OpenAI's own sample for a Python grader [guess].
 */
export function fuzzyMatch(answer: string, reference: string): number {
  const [one, other] = [processed(answer), processed(reference)];
  const [a, b] = [codePoints(one).length, codePoints(other).length];
  if (a === 0 || b === 0) return 0;
  const whole = ratio(one, other);
  const longer = Math.max(a, b) / Math.min(a, b);
  if (longer < 1.5) return Math.max(whole, TOKENS * tokenRatio(one, other));
  const part = longer < 8 ? 0.9 : 0.6;
  return Math.max(whole, part * partialRatio(one, other), TOKENS * part * partialTokenRatio(one, other));
}

/** rapidfuzz's `default_process`: lower case, and a space for what is neither letter nor digit. */
function processed(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]/gu, " ")
    .trim()
    .toLowerCase();
}
