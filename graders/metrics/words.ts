import { sentencesOf } from "./sentences";

/**
 * Tokens of a text for BLEU and GLEU, as Microsoft's evaluators take them (azure-ai-evaluation, `_common/utils.py`): `nltk.word_tokenize`
 * for ASCII text, `NISTTokenizer().international_tokenize` for any other. Case is kept. Sentences of ASCII text are found by a rule
 * (sentences.ts) instead of nltk's trained model.
 */
export function wordsOf(text: string): string[] {
  return /^[\x00-\x7f]*$/.test(text) ? sentencesOf(text).flatMap(treebankWords) : internationalWords(text);
}

type Rewriting = readonly (readonly [pattern: RegExp, replacement: string])[];

/** nltk 3.9.1, NLTKWordTokenizer: the same replacements in the same order. */
const BEFORE_PADDING: Rewriting = [
  // Starting quotes.
  [/`+/g, " $& "],
  [/^"/, "``"],
  [/``/g, " `` "],
  [/([ ([{<])("|'{2})/g, "$1 `` "],
  [/(')(?!re|ve|ll|m|t|s|d|n)(\w)\b/gi, "$1 $2"],
  // Punctuation.
  [/([^.])(\.)([\])}>"' ]*)\s*$/, "$1 $2 $3 "],
  [/([:,])([^\d])/g, " $1 $2"],
  [/([:,])$/, " $1 "],
  [/\.{2,}/g, " $& "],
  [/[;@#$%&]/g, " $& "],
  [/([^.])(\.)([\])}>"']*)\s*$/, "$1 $2$3 "],
  [/[?!]/g, " $& "],
  [/([^'])' /g, "$1 ' "],
  [/[*]/g, " $& "],
  [/[\][(){}<>]/g, " $& "],
  [/--/g, " -- "],
];

const AFTER_PADDING: Rewriting = [
  // Ending quotes.
  [/''/g, " '' "],
  [/"/g, " '' "],
  [/\s+/g, " "],
  [/([^' ])('[sS]|'[mM]|'[dD]|') /g, "$1 $2 "],
  [/([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) /g, "$1 $2 "],
  // Contractions.
  [/\b(can)(not)\b/gi, " $1 $2 "],
  [/\b(d)('ye)\b/gi, " $1 $2 "],
  [/\b(gim)(me)\b/gi, " $1 $2 "],
  [/\b(gon)(na)\b/gi, " $1 $2 "],
  [/\b(got)(ta)\b/gi, " $1 $2 "],
  [/\b(lem)(me)\b/gi, " $1 $2 "],
  [/\b(more)('n)\b/gi, " $1 $2 "],
  [/\b(wan)(na)(?=\s)/gi, " $1 $2 "],
  [/ ('t)(is)\b/gi, " $1 $2 "],
  [/ ('t)(was)\b/gi, " $1 $2 "],
];

function treebankWords(sentence: string): string[] {
  return split(rewritten(` ${rewritten(sentence, BEFORE_PADDING)} `, AFTER_PADDING));
}

/** nltk 3.9.1, NISTTokenizer.international_tokenize: punctuation is split off next to digits alone, and no language is cut into words. */
const INTERNATIONAL: Rewriting = [
  [/<skipped>/g, ""],
  [/\u2028/g, " "],
  ...(["&gt; >", "&lt; <", "&apos; '", '&quot; "', "&#124; |", "&#91; [", "&#93; ]", "&amp; &"] as const).map(
    (pair): Rewriting[number] => {
      const [entity, character] = pair.split(" ") as [string, string];
      return [new RegExp(entity, "g"), character];
    },
  ),

  [/[\x00-\x7f]+/g, " $& "],
  [/(\p{N})(\p{P})/gu, "$1 $2 "],
  [/(\p{P})(\p{N})/gu, " $1 $2"],
  [/\p{S}/gu, " $& "],
];

function internationalWords(text: string): string[] {
  return split(rewritten(text, INTERNATIONAL));
}

function rewritten(text: string, rewriting: Rewriting): string {
  return rewriting.reduce((before, [pattern, replacement]) => before.replace(pattern, replacement), text);
}

function split(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
