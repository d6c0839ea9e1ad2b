import { countNgrams, shared } from "./ngrams";
import { wordsOf } from "./words";

const LONGEST = 4;
/** `k` of nltk's SmoothingFunction. */
const K = 5;

/**
 * BLEU of one answer, 0 to 1: nltk 3.9.1's `sentence_bleu` with n-grams up to four and smoothing method 4, as Microsoft's evaluator has it
 * (azure-ai-evaluation, `_bleu.py`). What Azure's own grader does beyond the name is not published.
 */
export function bleu(answer: string, reference: string): number {
  const words = wordsOf(answer);
  const wanted = wordsOf(reference);
  let smoothed = 0;
  let logarithms = 0;
  for (let size = 1; size <= LONGEST; size++) {
    const matches = shared(countNgrams(words, size), countNgrams(wanted, size));
    if (matches === 0 && size === 1) return 0;
    const all = Math.max(1, words.length - size + 1);
    // A count of zero becomes ln(length) / (5 x 2^k), the k-th time; one word alone has no such length, and the factor is left out.
    const numerator = matches === 0 && words.length > 1 ? Math.log(words.length) / (2 ** ++smoothed * K) : matches;
    if (numerator > 0) logarithms += Math.log(numerator / all) / LONGEST;
  }
  return brevityPenalty(words.length, wanted.length) * Math.exp(logarithms);
}

function brevityPenalty(length: number, wanted: number): number {
  return length > wanted ? 1 : Math.exp(1 - wanted / length);
}
