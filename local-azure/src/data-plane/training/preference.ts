import type { TokenSequence } from "./token-sequence";
import type { TrigramModel } from "./trigram-model";

/** A preferred output after its input, and the other one. */
export interface Pair {
  preferred: TokenSequence;
  other: TokenSequence;
}

export interface PreferenceScore {
  /** DPO's loss: -ln sigmoid(beta x margin), 0.693 before anything is learned. */
  loss: number;
  /** Share of pairs with a margin above 0; one that is 0 counts half. */
  accuracy: number;
}

/**
 * How well a model tells preferred outputs from the others (Rafailov et al., 2023): the margin of a pair is by how much more the preferred
 * output's log-likelihood has risen above that of the model before training than the other output's.
 *
 * @param budget - tokens that are read at most; the first pair always is
 */
export function preferenceScore(
  model: TrigramModel,
  before: TrigramModel,
  pairs: readonly Pair[],
  beta: number,
  budget: number,
): PreferenceScore {
  let [loss, right, count, left] = [0, 0, 0, budget];
  for (const { preferred, other } of pairs) {
    if (count > 0 && left <= 0) break;
    const margin = risenBy(model, before, preferred) - risenBy(model, before, other);
    loss += Math.log1p(Math.exp(-Math.abs(beta * margin))) + Math.max(0, -beta * margin);
    right += margin > 0 ? 1 : margin === 0 ? 0.5 : 0;
    count += 1;
    left -= preferred.learnedCount + other.learnedCount;
  }
  return { loss: loss / Math.max(1, count), accuracy: right / Math.max(1, count) };
}

function risenBy(model: TrigramModel, before: TrigramModel, { ids, learned }: TokenSequence): number {
  let risen = 0;
  for (let at = 0; at < ids.length; at += 1) {
    if (!learned[at]) continue;
    const context = [at > 1 ? ids[at - 2]! : -1, at > 0 ? ids[at - 1]! : -1, ids[at]!] as const;
    risen += Math.log(model.probability(...context)) - Math.log(before.probability(...context));
  }
  return risen;
}
