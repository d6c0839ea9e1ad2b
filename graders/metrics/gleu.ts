import { countNgrams, shared } from "./ngrams";
import { wordsOf } from "./words";

const LONGEST = 4;

/**
 * Google BLEU of one answer, 0 to 1: nltk 3.9.1's `sentence_gleu`, the smaller of precision and recall over all n-grams of one to four words
 * (Wu et al. 2016), as Microsoft's evaluator has it (azure-ai-evaluation, `_gleu.py`).
 */
export function gleu(answer: string, reference: string): number {
  const words = wordsOf(answer);
  const wanted = wordsOf(reference);
  let matches = 0;
  for (let size = 1; size <= LONGEST; size++) matches += shared(countNgrams(words, size), countNgrams(wanted, size));
  const all = Math.max(ngramsIn(words.length), ngramsIn(wanted.length));
  return all === 0 ? 0 : matches / all;
}

function ngramsIn(length: number): number {
  let sum = 0;
  for (let size = 1; size <= LONGEST; size++) sum += Math.max(0, length - size + 1);
  return sum;
}
