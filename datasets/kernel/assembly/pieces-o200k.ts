import {
  APOSTROPHE,
  BLANK,
  CARRIAGE_RETURN,
  LOWER,
  MARK,
  NEWLINE,
  NUMBER,
  OTHER,
  SLASH,
  SPACE,
  UNCASED,
  UPPER,
  classAt,
  widthAt,
} from "./characters";
import { contractionLength, endOfNumber, endOfSpace, endOfSymbols } from "./piece-ends";

/** o200k_base: words by case, with a leading character that is neither letter nor number, and an English contraction behind. */
export function endOfPieceO200k(start: usize, end: usize): usize {
  const kind = classAt(start);
  const next = start + widthAt(start);
  if (kind == NUMBER) return endOfNumber(next, end);
  if (kind != OTHER && kind != SPACE) return endOfWord(start, end);
  const first = load<u8>(start);
  if (next < end && first != NEWLINE && first != CARRIAGE_RETURN) {
    const word = endOfWord(next, end);
    if (word > next) return word;
  }
  const symbols = endOfSymbols(first == BLANK ? next : start, end);
  if (symbols > next || (kind == OTHER && symbols == next)) return endOfLineBreaks(symbols, end);
  return endOfSpace(start, end, false);
}

/**
 * `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+` or else, for capitals alone, `[\p{Lu}...]+[\p{Ll}...]*`; then a
 * contraction. `start` when there is no word. When no lower-case letter follows the first part, the pattern steps back to the last
 * letter without case or mark in it, for its second part to have something.
 */
function endOfWord(start: usize, end: usize): usize {
  let at = start;
  let steppedBack: usize = 0;
  let kind = OTHER;
  while (at < end) {
    kind = classAt(at);
    if (kind != UPPER && kind != UNCASED && kind != MARK) break;
    at += widthAt(at);
    if (kind != UPPER) steppedBack = at;
  }
  if (at < end && kind == LOWER) {
    do at += widthAt(at);
    while (at < end && isLowerPart(classAt(at)));
  } else if (steppedBack > 0) {
    at = steppedBack;
  }
  if (at == start || at + 1 >= end || load<u8>(at) != APOSTROPHE) return at;
  return at + contractionLength(at, end);
}

function isLowerPart(kind: u32): bool {
  return kind == LOWER || kind == UNCASED || kind == MARK;
}

/** `[\r\n/]*` */
function endOfLineBreaks(at: usize, end: usize): usize {
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte != NEWLINE && byte != CARRIAGE_RETURN && byte != SLASH) break;
  }
  return at;
}
