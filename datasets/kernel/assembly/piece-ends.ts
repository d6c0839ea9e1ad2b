import { CARRIAGE_RETURN, NEWLINE, NUMBER, OTHER, MARK, SPACE, classAt, isLetter, widthAt } from "./characters";

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
