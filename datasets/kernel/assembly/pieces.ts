import {
  APOSTROPHE,
  BLANK,
  CARRIAGE_RETURN,
  NEWLINE,
  NUMBER,
  OTHER,
  MARK,
  SPACE,
  classAt,
  isLetter,
  widthAt,
} from "./characters";
import { endOfPieceCl100k } from "./pieces-cl100k";
import { endOfPieceO200k } from "./pieces-o200k";

/** Whether the encoding is o200k_base; else it is cl100k_base. */
let isO200k = true;

export function useO200k(yes: bool): void {
  isO200k = yes;
}

/**
 * End of the piece of text that starts at `start`; `end` is the end of the text. Cuts text into the pieces that are encoded by
 * themselves, as the pattern of an encoding does (tiktoken's `pat_str`), in one pass over UTF-8 bytes and without a regular expression.
 */
export function endOfPiece(start: usize, end: usize): usize {
  const word = endOfPlainWord(start, end);
  if (word != 0) return word;
  return isO200k ? endOfPieceO200k(start, end) : endOfPieceCl100k(start, end);
}

/**
 * The common case in a hurry: a space or none, a capital or none, small letters, all of them ASCII, and then some other ASCII character
 * that can't belong to the word in either encoding. 0 for everything else.
 */
function endOfPlainWord(start: usize, end: usize): usize {
  let at = start + usize(load<u8>(start) == BLANK);
  at += usize(<u8>(load<u8>(at) - 0x41) < 26);
  const first = at;
  let run: usize;
  do {
    const bytes = v128.load(at);
    const others = i8x16.ge_u(i8x16.sub(bytes, i8x16.splat(0x61)), i8x16.splat(26));
    run = ctz(i8x16.bitmask(others) | 0x10000);
    at += run;
  } while (run == 16 && at < end);
  if (at >= end) return first < end ? end : 0;
  if (at == first) return 0;
  const byte = load<u8>(at);
  return byte < 0x80 && byte != APOSTROPHE && !isLetter(byte) ? at : byte >= 0x41 && byte <= 0x5a && isO200k ? at : 0;
}

/** End of `\p{N}{1,3}` whose first number ends at `at`. */
export function endOfNumber(at: usize, end: usize): usize {
  for (let more = 0; more < 2 && at < end && classAt(at) == NUMBER; more++) at += widthAt(at);
  return at;
}

/** End of `[^\s\p{L}\p{N}]*` from `at`. */
export function endOfSymbols(at: usize, end: usize): usize {
  while (at < end) {
    const kind = classAt(at);
    if (kind != OTHER && kind != MARK) break;
    at += widthAt(at);
  }
  return at;
}

/**
 * End of the white space at `start`: up to its last line break, else all but its last character, which goes with what follows; at
 * the end of the text, all.
 */
export function endOfSpace(start: usize, end: usize, wholeAtEnd: bool): usize {
  let at = start;
  let lastWidth: usize = 0;
  let lineBreak: usize = 0;
  while (at < end && classAt(at) == SPACE) {
    const byte = load<u8>(at);
    if (byte == NEWLINE || byte == CARRIAGE_RETURN) lineBreak = at + 1;
    lastWidth = widthAt(at);
    at += lastWidth;
  }
  if (at == end && wholeAtEnd) return at;
  if (lineBreak > 0) return lineBreak;
  if (at == end || at - lastWidth == start) return at;
  return at - lastWidth;
}

/** Length of the contraction that starts with the apostrophe at `at`, `(?i:'s|'t|'re|'ve|'m|'ll|'d)`, or 0. In Unicode the long s U+017F is an s too. */
export function contractionLength(at: usize, end: usize): usize {
  const byte = load<u8>(at, 1);
  const first = byte | 0x20;
  const second: u8 = at + 2 < end ? load<u8>(at, 2) : 0;
  if (first == 0x73 || first == 0x74 || first == 0x6d || first == 0x64) return isLetter(byte) ? 2 : 0;
  if (byte == 0xc5 && second == 0xbf) return 3;
  if (!isLetter(byte) || !isLetter(second)) return 0;
  const pair = ((<u32>first) << 8) | (second | 0x20);
  return pair == 0x7265 || pair == 0x7665 || pair == 0x6c6c ? 3 : 0;
}
