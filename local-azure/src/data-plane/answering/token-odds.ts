import { decode, encode, tokenBytes } from "../training/tokenizer";

/** A token of an answer and how probable it was, as the API writes it. */
export interface TokenOdds {
  token: string;
  /** Natural logarithm of its probability. */
  logprob: number;
  bytes: number[];
  top_logprobs: Omit<TokenOdds, "top_logprobs">[];
}

/** The API writes an impossible token as this. */
const IMPOSSIBLE = -9999;

/**
 * Probabilities of an answer's tokens among the answers that were considered: of those that begin with the same tokens, the share of the
 * weights that go on with this one. So a token is certain (0) as soon as no other answer is left.
 */
export function oddsOf(
  text: string,
  considered: { text: string; weight: number }[],
  alternatives: number,
): TokenOdds[] {
  const ids = encode(text);
  let left = considered.map((one) => ({ ids: encode(one.text), weight: one.weight }));
  return ids.map((id, at) => {
    const byToken = new Map<number | undefined, number>();
    for (const one of left) byToken.set(one.ids[at], (byToken.get(one.ids[at]) ?? 0) + one.weight);
    const sum = left.reduce((total, { weight }) => total + weight, 0);
    const logprob = (weight: number): number => (weight > 0 ? Math.log(weight / sum) : IMPOSSIBLE);
    const ranked = [...byToken].filter(([token]) => token !== undefined).sort(([, a], [, b]) => b - a);
    left = left.filter((one) => one.ids[at] === id);
    return {
      ...written(id),
      logprob: left.length > 0 ? logprob(byToken.get(id) ?? 0) : 0,
      top_logprobs: ranked
        .slice(0, alternatives)
        .map(([token, weight]) => ({ ...written(token!), logprob: logprob(weight) })),
    };
  });
}

/** A part of a character is written by its bytes. */
function written(id: number): { token: string; bytes: number[] } {
  const bytes = [...tokenBytes(id)];
  const text = decode([id]);
  const token = text.includes("\uFFFD")
    ? bytes.map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")
    : text;
  return { token, bytes };
}
