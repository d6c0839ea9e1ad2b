/** The tokens of an encoding: token `rank` is `bytes[offsets[rank]] .. bytes[offsets[rank + 1]]`. */
export interface Vocabulary {
  bytes: Uint8Array;
  offsets: Uint32Array;
  /** Ranks run from 0 to `size` - 1. */
  size: number;
}

const SPACE = 0x20;
const NEWLINE = 0x0a;

/**
 * Reads js-tiktoken's form of ranks: lines of `! <rank of the first token> <token in base64> <token in base64> ...`.
 *
 * @throws Error when the ranks have holes, which no published encoding's mergeable ranks have.
 */
export function readVocabulary(ranks: string): Vocabulary {
  const text = Buffer.from(ranks, "latin1");
  const bytes = new Uint8Array(text.length);
  const offsets = new Uint32Array(Math.ceil(text.length / 2));
  let size = 0;
  let written = 0;
  let position = 0;
  while (position < text.length) {
    const lineEnd = endOf(text, position, NEWLINE, text.length);
    const afterMark = endOf(text, position, SPACE, lineEnd) + 1;
    const afterOffset = endOf(text, afterMark, SPACE, lineEnd);
    const first = Number(text.toString("latin1", afterMark, afterOffset));
    if (first !== size && lineEnd > position) throw new Error(`The ranks have a hole between ${size} and ${first}.`);
    for (let at = afterOffset + 1; at < lineEnd; size++) {
      const end = endOf(text, at, SPACE, lineEnd);
      offsets[size] = written;
      written = decodeBase64(text, at, end, bytes, written);
      at = end + 1;
    }
    position = lineEnd + 1;
  }
  offsets[size] = written;
  return { bytes: bytes.slice(0, written), offsets: offsets.slice(0, size + 1), size };
}

function endOf(text: Uint8Array, from: number, byte: number, limit: number): number {
  let at = from;
  while (at < limit && text[at] !== byte) at++;
  return at;
}

const sextets = new Uint8Array(128).fill(255);
for (const [value, char] of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].entries())
  sextets[char.charCodeAt(0)] = value;

/** Decodes in place of Buffer.from per token, which would make 200,000 small buffers. */
function decodeBase64(text: Uint8Array, from: number, to: number, out: Uint8Array, at: number): number {
  let bits = 0;
  let held = 0;
  for (let i = from; i < to; i++) {
    const sextet = sextets[text[i]!]!;
    if (sextet === 255) break;
    held = (held << 6) | sextet;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (held >>> bits) & 255;
    }
  }
  return at;
}
