import { APOSTROPHE, BLANK, isLetter } from "./characters";
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
