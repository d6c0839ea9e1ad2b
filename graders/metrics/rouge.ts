import { l, n as rougeN } from "js-rouge";

/** Tokens of rouge-score 0.1.2 without its stemmer: letters and digits of ASCII in lower case; text in other scripts has none. */
export function rougeTokens(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/** The package's own generator gives up beyond a million characters, which a long answer may have. */
function ngrams(tokens: string[], size: number): string[] {
  return tokens.slice(size - 1).map((_, at) => tokens.slice(at, at + size).join(" "));
}

/** ROUGE-N: F1 of the runs of `size` tokens, 0 to 1, as rouge-score's `RougeScorer(["rougeN"])`. */
export function rouge(size: 1 | 2 | 3 | 4 | 5): (answer: string, reference: string) => number {
  return (answer, reference) =>
    hasTokens(answer) && hasTokens(reference)
      ? rougeN(answer, reference, { n: size, nGram: ngrams, tokenizer: rougeTokens, caseSensitive: false })
      : 0;
}

/** ROUGE-L: F1 of the longest common subsequence of tokens, over the whole text. */
export function rougeL(answer: string, reference: string): number {
  if (!hasTokens(answer) || !hasTokens(reference)) return 0;
  return l(answer, reference, { tokenizer: rougeTokens, segmenter: (text) => [text], caseSensitive: false });
}

function hasTokens(text: string): boolean {
  return rougeTokens(text).length > 0;
}
