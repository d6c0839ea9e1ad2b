import { Tiktoken, type TiktokenBPE } from "js-tiktoken/lite";

/** Tokens of o200k_base, the encoding of the gpt-4o, gpt-4.1 and o-series models. */
export const VOCABULARY_SIZE = 200_019;

let pieces: RegExp;
let encoder: Tiktoken | undefined;
/** Token ids by piece: text repeats itself, and the library is slow on a piece it has to merge. */
const known = new Map<string, Uint32Array>();
const MAX_KNOWN = 200_000;
/** The library's merge takes quadratic time; a run of letters longer than this is cut (counts may differ by a token). */
const MAX_PIECE_LENGTH = 400;

/** Token ids of a text; special tokens in it are plain text. */
export function encode(text: string): number[] {
  const loaded = load();
  const ids: number[] = [];
  for (const piece of text.match(pieces) ?? []) {
    for (let at = 0; at < piece.length; at += MAX_PIECE_LENGTH)
      for (const id of encodePiece(loaded, piece.slice(at, at + MAX_PIECE_LENGTH))) ids.push(id);
  }
  return ids;
}

/** Number of tokens of a text. */
export function countTokens(text: string): number {
  return encode(text).length;
}

/** Text of token ids; a character cut in half comes out as U+FFFD. */
export function decode(ids: number[]): string {
  return load().decode(ids);
}

/** Bytes of a token, which may be a part of a character. */
export function tokenBytes(id: number): Buffer {
  const place = vocabulary().findIndex(({ first, tokens }) => id >= first && id < first + tokens.length);
  const { first, tokens } = vocabulary()[place] ?? { first: id, tokens: [""] };
  return Buffer.from(tokens[id - first]!, "base64");
}

let runs: { first: number; tokens: string[] }[] | undefined;

/** The table's runs of tokens: a mark, the first id, and tokens in base64. */
function vocabulary(): { first: number; tokens: string[] }[] {
  runs ??= table()
    .bpe_ranks.split("\n")
    .flatMap((line) => {
      const [, first, ...tokens] = line.split(" ");
      return tokens.length > 0 ? [{ first: Number(first), tokens }] : [];
    });
  return runs;
}

function encodePiece(loaded: Tiktoken, piece: string): Uint32Array {
  const cached = known.get(piece);
  if (cached) return cached;
  const ids = Uint32Array.from(loaded.encode(piece, [], []));
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(piece, ids);
  return ids;
}

/** The table takes half a second to load, so it waits for the first text. */
function load(): Tiktoken {
  if (!encoder) {
    const ranks = table();
    pieces = new RegExp(ranks.pat_str, "gu");
    encoder = new Tiktoken(ranks);
  }
  return encoder;
}

function table(): TiktokenBPE {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded with the first text
  const loaded = require("js-tiktoken/ranks/o200k_base") as TiktokenBPE | { default: TiktokenBPE };
  return "default" in loaded ? loaded.default : loaded;
}
