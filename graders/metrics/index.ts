import { bleu } from "./bleu";
import { fuzzyMatch } from "./fuzzy/fuzzy-match";
import { gleu } from "./gleu";
import { rouge, rougeL } from "./rouge";

/** Similarity of an answer and a reference, 0 to 1. */
export type Metric = (answer: string, reference: string) => number;

/** The metrics of `text_similarity` that are computed here, under the service's names. */
export const METRICS: Readonly<Record<string, Metric>> = {
  fuzzy_match: fuzzyMatch,
  bleu,
  gleu,
  rouge_1: rouge(1),
  rouge_2: rouge(2),
  rouge_3: rouge(3),
  rouge_4: rouge(4),
  rouge_5: rouge(5),
  rouge_l: rougeL,
};

/** Why a metric of the service is not computed here. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  meteor: "it needs WordNet and a stemmer, whose results differ from one implementation to the next",
  cosine: "it needs an embedding model, text-embedding-3-large",
};

export { rougeTokens } from "./rouge";
