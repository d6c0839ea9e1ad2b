import { termsOf } from "../answering/terms";

/** Numbers of a whole vector: text-embedding-3-small's. */
export const DIMENSIONS = 1536;
/** A part of a word counts less than the word, and lets related forms of it be near. */
const PART_WEIGHT = 0.5;
const PART_LENGTH = 3;
/** Places that each of them is added at, so that a short text fills the first dimensions, too. */
const PLACES = 16;

/**
 * A vector of a text [this service's own]: its words and their runs of three characters, each added at places and with signs that
 * their hash decides. So texts that share words are near (cosine), the same text has the same vector everywhere, and meaning plays no part.
 * Fewer dimensions are the first ones of the whole vector, scaled to length 1, as the text-embedding-3 models have it.
 *
 * @param input - a text, or ids of tokens, of which single ones and pairs are taken; their text is not known here
 */
export function embedding(input: string | number[], dimensions = DIMENSIONS): Float32Array {
  const whole = new Float64Array(DIMENSIONS);
  for (const [gram, weight] of typeof input === "string" ? gramsOfText(input) : gramsOfTokens(input)) {
    const hash = hashOf(gram);
    for (let place = 0; place < PLACES; place += 1) {
      const mixed = mix(hash + place * 0x9e3779b9);
      whole[(mixed >>> 1) % DIMENSIONS]! += mixed & 1 ? weight : -weight;
    }
  }
  const kept = whole.subarray(0, dimensions);
  const length = Math.sqrt(kept.reduce((sum, value) => sum + value * value, 0));
  // A text without any word has a direction, too.
  if (length === 0) return Float32Array.from(kept, (_, at) => (at === 0 ? 1 : 0));
  return Float32Array.from(kept, (value) => value / length);
}

function* gramsOfText(text: string): Generator<[string, number]> {
  for (const [term, count] of termsOf(text)) {
    const weight = 1 + Math.log(count);
    yield [`word ${term}`, weight];
    const framed = ` ${term} `;
    for (let at = 0; at + PART_LENGTH <= framed.length; at += 1)
      yield [framed.slice(at, at + PART_LENGTH), weight * PART_WEIGHT];
  }
}

function* gramsOfTokens(ids: number[]): Generator<[string, number]> {
  for (const [at, id] of ids.entries()) {
    yield [`token ${id}`, 1];
    if (at > 0) yield [`tokens ${ids[at - 1]!} ${id}`, PART_WEIGHT];
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** Makes every bit depend on every other, 32 bits. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
