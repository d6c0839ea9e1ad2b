import { VOCABULARY_SIZE } from "./tokenizer";

/**
 * Weight of the next lower order, in observations. Chosen so that a few dozen short examples do not wear out in one epoch:
 * smaller values learn them by heart at once.
 */
const trust = { unigram: 3000, bigram: 300, trigram: 100 };

/** Before any training a token is as likely as its rank among all tokens says (Zipf): the table is ordered by frequency. */
const ZIPF_OFFSET = 2.7;
const ZIPF_NORM = 1 / (Math.log(VOCABULARY_SIZE + ZIPF_OFFSET) - Math.log(1 + ZIPF_OFFSET));

/**
 * Language model over token ids that learns one observation at a time: interpolated trigram, bigram and unigram counts
 * over a Zipf prior (Dirichlet smoothing). It takes the place of the model being tuned; its losses are real, but its own.
 */
export class TrigramModel {
  private readonly contexts = new Map<number, number>();
  private readonly counts = new Map<number, number>();
  private readonly totals: number[] = [];
  private readonly bestToken: number[] = [];
  private readonly bestCount: number[] = [];

  /** Probability of `token` after the tokens `before` and, right in front of it, `last`. */
  probability(before: number, last: number, token: number): number {
    const zipf = ZIPF_NORM / (token + 1 + ZIPF_OFFSET);
    const unigram = this.mix(0, token, trust.unigram, zipf);
    const bigram = this.mix(bigramKey(last), token, trust.bigram, unigram);
    return this.mix(trigramKey(before, last), token, trust.trigram, bigram);
  }

  /** The likeliest next token among those seen most often after the longest known contexts. */
  predict(before: number, last: number): number {
    let best = 0;
    let bestProbability = -1;
    for (const key of [trigramKey(before, last), bigramKey(last), 0]) {
      const candidate = this.bestToken[this.contexts.get(key) ?? -1];
      const probability = candidate === undefined ? -1 : this.probability(before, last, candidate);
      if (candidate !== undefined && probability > bestProbability) {
        best = candidate;
        bestProbability = probability;
      }
    }
    return best;
  }

  /** Takes in that `token` followed, with a weight (1 = one observation). */
  learn(before: number, last: number, token: number, weight: number): void {
    this.add(0, token, weight);
    this.add(bigramKey(last), token, weight);
    this.add(trigramKey(before, last), token, weight);
  }

  private mix(key: number, token: number, weight: number, lower: number): number {
    const context = this.contexts.get(key);
    if (context === undefined) return lower;
    const count = this.counts.get(context * VOCABULARY_SIZE + token) ?? 0;
    return (count + weight * lower) / (this.totals[context]! + weight);
  }

  private add(key: number, token: number, weight: number): void {
    let context = this.contexts.get(key);
    if (context === undefined) {
      context = this.totals.length;
      this.contexts.set(key, context);
      this.totals.push(0);
      this.bestToken.push(token);
      this.bestCount.push(0);
    }
    const pair = context * VOCABULARY_SIZE + token;
    const count = (this.counts.get(pair) ?? 0) + weight;
    this.counts.set(pair, count);
    this.totals[context]! += weight;
    if (count > this.bestCount[context]!) {
      this.bestCount[context] = count;
      this.bestToken[context] = token;
    }
  }
}

/** Keys of different orders never meet: 0 is the empty context, then bigrams, then trigrams. */
function bigramKey(last: number): number {
  return 1 + last;
}

function trigramKey(before: number, last: number): number {
  return (before + 2) * VOCABULARY_SIZE + last;
}
