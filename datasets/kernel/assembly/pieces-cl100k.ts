import {
  APOSTROPHE,
  BLANK,
  CARRIAGE_RETURN,
  LOWER,
  NEWLINE,
  NUMBER,
  SPACE,
  UNCASED,
  UPPER,
  classAt,
  widthAt,
} from "./characters";
import { contractionLength, endOfNumber, endOfSpace, endOfSymbols } from "./piece-ends";

/** cl100k_base: words of any case, the contraction as a piece of its own. */
export function endOfPieceCl100k(start: usize, end: usize): usize {
  const first = load<u8>(start);
  if (first == APOSTROPHE && start + 1 < end) {
    const contraction = contractionLength(start, end);
    if (contraction > 0) return start + contraction;
  }
  const kind = classAt(start);
  const next = start + widthAt(start);
  if (kind == NUMBER) return endOfNumber(next, end);
  if (isWord(kind)) return endOfWord(next, end);
  if (first != NEWLINE && first != CARRIAGE_RETURN && next < end && isWord(classAt(next))) return endOfWord(next, end);
  const symbols = endOfSymbols(first == BLANK ? next : start, end);
  if (symbols > next || (kind != SPACE && symbols == next)) return endOfLineBreaks(symbols, end);
  return endOfSpace(start, end, true);
}

function endOfWord(at: usize, end: usize): usize {
  while (at < end && isWord(classAt(at))) at += widthAt(at);
  return at;
}

/** `\p{L}` */
function isWord(kind: u32): bool {
  return kind == LOWER || kind == UPPER || kind == UNCASED;
}

function endOfLineBreaks(at: usize, end: usize): usize {
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte != NEWLINE && byte != CARRIAGE_RETURN) break;
  }
  return at;
}
