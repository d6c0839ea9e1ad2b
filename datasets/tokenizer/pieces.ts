import type { Encoding } from "../../catalog";

// The classes of character-classes.ts. Constants of this module's own: an imported one is looked up through a getter at each use,
// which makes the loops below several times slower.
/** Neither letter, mark, number nor space. */
const OTHER = 0;
/** Upper-case and title-case letters: Lu, Lt. */
const UPPER = 1;
/** Lower-case letters: Ll. */
const LOWER = 2;
/** Letters without case: Lm, Lo. */
const UNCASED = 3;
/** Combining marks: M. */
const MARK = 4;
/** Numbers: N. */
const NUMBER = 5;
/** White_Space, which differs from JavaScript's `\s` in U+0085 and U+FEFF. */
const SPACE = 6;

const CARRIAGE_RETURN = 0x0d;
const NEWLINE = 0x0a;
const SLASH = 0x2f;
const BLANK = 0x20;
const APOSTROPHE = 0x27;

/**
 * Cuts text into the pieces that are encoded by themselves, as the pattern of an encoding does (tiktoken's `pat_str`), in one pass over
 * UTF-8 bytes and without a regular expression: V8's would need a stack as deep as a run of characters is long.
 */
export abstract class PieceCutter {
  /** Bytes of the character that `classAt` looked at last. */
  protected width = 1;

  constructor(private readonly classes: Uint8Array) {}

  /** End of the piece that starts at `start`; `end` is the end of the text. */
  abstract endOfPiece(bytes: Uint8Array, start: number, end: number): number;

  /** Class of the character at `at`, whose width is left in `width`. The bytes must be valid UTF-8. */
  protected classAt(bytes: Uint8Array, at: number): number {
    const first = bytes[at]!;
    if (first < 0x80) {
      this.width = 1;
      return this.classes[first]!;
    }
    if (first < 0xe0) {
      this.width = 2;
      return this.classes[((first & 0x1f) << 6) | (bytes[at + 1]! & 0x3f)]!;
    }
    if (first < 0xf0) {
      this.width = 3;
      return this.classes[((first & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f)]!;
    }
    this.width = 4;
    const high = ((first & 0x07) << 18) | ((bytes[at + 1]! & 0x3f) << 12);
    return this.classes[high | ((bytes[at + 2]! & 0x3f) << 6) | (bytes[at + 3]! & 0x3f)]!;
  }

  /** End of `\p{N}{1,3}` whose first number ends at `at`. */
  protected endOfNumber(bytes: Uint8Array, at: number, end: number): number {
    for (let more = 0; more < 2 && at < end && this.classAt(bytes, at) === NUMBER; more++) at += this.width;
    return at;
  }

  /** End of `[^\s\p{L}\p{N}]*` from `at`. */
  protected endOfSymbols(bytes: Uint8Array, at: number, end: number): number {
    while (at < end) {
      const kind = this.classAt(bytes, at);
      if (kind !== OTHER && kind !== MARK) break;
      at += this.width;
    }
    return at;
  }

  /**
   * End of the white space at `start`: up to its last line break, else all but its last character, which goes with what follows; at
   * the end of the text, all.
   */
  protected endOfSpace(bytes: Uint8Array, start: number, end: number, wholeAtEnd: boolean): number {
    let at = start;
    let lastWidth = 0;
    let lineBreak = -1;
    while (at < end && this.classAt(bytes, at) === SPACE) {
      if (bytes[at] === NEWLINE || bytes[at] === CARRIAGE_RETURN) lineBreak = at + 1;
      lastWidth = this.width;
      at += this.width;
    }
    if (at === end && wholeAtEnd) return at;
    if (lineBreak >= 0) return lineBreak;
    if (at === end || at - lastWidth === start) return at;
    return at - lastWidth;
  }
}

/** o200k_base: words by case, with a leading character that is neither letter nor number, and an English contraction behind. */
class O200kCutter extends PieceCutter {
  endOfPiece(bytes: Uint8Array, start: number, end: number): number {
    const word = endOfPlainWord(bytes, start, end);
    return word > 0 ? word : this.endOfAnyPiece(bytes, start, end);
  }

  private endOfAnyPiece(bytes: Uint8Array, start: number, end: number): number {
    const kind = this.classAt(bytes, start);
    const next = start + this.width;
    if (kind === NUMBER) return this.endOfNumber(bytes, next, end);
    if (kind !== OTHER && kind !== SPACE) return this.endOfWord(bytes, start, end);
    const first = bytes[start]!;
    if (next < end && first !== NEWLINE && first !== CARRIAGE_RETURN) {
      const word = this.endOfWord(bytes, next, end);
      if (word > next) return word;
    }
    const symbols = this.endOfSymbols(bytes, first === BLANK ? next : start, end);
    if (symbols > next || (kind === OTHER && symbols === next)) return this.endOfLineBreaks(bytes, symbols, end);
    return this.endOfSpace(bytes, start, end, false);
  }

  /**
   * `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+` or else, for capitals alone, `[\p{Lu}...]+[\p{Ll}...]*`; then a
   * contraction. `start` when there is no word. When no lower-case letter follows the first part, the pattern steps back to the last
   * letter without case or mark in it, for its second part to have something.
   */
  private endOfWord(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    let steppedBack = -1;
    let kind = OTHER;
    while (at < end) {
      kind = this.classAt(bytes, at);
      if (kind !== UPPER && kind !== UNCASED && kind !== MARK) break;
      at += this.width;
      if (kind !== UPPER) steppedBack = at;
    }
    if (at < end && kind === LOWER) {
      do at += this.width;
      while (at < end && isLowerPart(this.classAt(bytes, at)));
    } else if (steppedBack >= 0) {
      at = steppedBack;
    }
    return at > start ? this.endOfContraction(bytes, at, end) : start;
  }

  /** `(?i:'s|'t|'re|'ve|'m|'ll|'d)?`; in Unicode the long s U+017F is an s too. */
  private endOfContraction(bytes: Uint8Array, at: number, end: number): number {
    if (at + 1 >= end || bytes[at] !== APOSTROPHE) return at;
    return at + contractionLength(bytes, at, end);
  }

  /** `[\r\n/]*` */
  private endOfLineBreaks(bytes: Uint8Array, at: number, end: number): number {
    while (at < end && (bytes[at] === NEWLINE || bytes[at] === CARRIAGE_RETURN || bytes[at] === SLASH)) at++;
    return at;
  }
}

/**
 * The common case in a hurry: a space or none, a capital or none, small letters, all of them ASCII, and then some other ASCII character
 * that can't belong to the word. 0 for everything else.
 */
function endOfPlainWord(bytes: Uint8Array, start: number, end: number): number {
  let at = bytes[start] === BLANK ? start + 1 : start;
  if (at < end && bytes[at]! >= 0x41 && bytes[at]! <= 0x5a) at++;
  const first = at;
  let byte = 0;
  while (at < end) {
    byte = bytes[at]!;
    if (byte < 0x61 || byte > 0x7a) break;
    at++;
  }
  if (at === first) return 0;
  return at === end || (byte < 0x80 && byte !== APOSTROPHE) ? at : 0;
}

function isLowerPart(kind: number): boolean {
  return kind === LOWER || kind === UNCASED || kind === MARK;
}

/** Length of the contraction that starts with the apostrophe at `at`, or 0. */
function contractionLength(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at + 1]! | 0x20;
  const second = at + 2 < end ? bytes[at + 2]! : 0;
  if (first === 0x73 || first === 0x74 || first === 0x6d || first === 0x64) return isLetter(bytes[at + 1]!) ? 2 : 0;
  if (bytes[at + 1] === 0xc5 && second === 0xbf) return 3;
  if (!isLetter(bytes[at + 1]!) || !isLetter(second)) return 0;
  const pair = (first << 8) | (second | 0x20);
  return pair === 0x7265 || pair === 0x7665 || pair === 0x6c6c ? 3 : 0;
}

function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** cl100k_base: words of any case, the contraction as a piece of its own. */
class Cl100kCutter extends PieceCutter {
  endOfPiece(bytes: Uint8Array, start: number, end: number): number {
    const first = bytes[start]!;
    if (first === APOSTROPHE && start + 1 < end) {
      const contraction = contractionLength(bytes, start, end);
      if (contraction > 0) return start + contraction;
    }
    const kind = this.classAt(bytes, start);
    const next = start + this.width;
    if (kind === NUMBER) return this.endOfNumber(bytes, next, end);
    if (isWord(kind)) return this.endOfWord(bytes, next, end);
    if (first !== NEWLINE && first !== CARRIAGE_RETURN && next < end && isWord(this.classAt(bytes, next))) {
      return this.endOfWord(bytes, next, end);
    }
    const symbols = this.endOfSymbols(bytes, first === BLANK ? next : start, end);
    if (symbols > next || (kind !== SPACE && symbols === next)) return this.endOfLineBreaks(bytes, symbols, end);
    return this.endOfSpace(bytes, start, end, true);
  }

  private endOfWord(bytes: Uint8Array, at: number, end: number): number {
    while (at < end && isWord(this.classAt(bytes, at))) at += this.width;
    return at;
  }

  private endOfLineBreaks(bytes: Uint8Array, at: number, end: number): number {
    while (at < end && (bytes[at] === NEWLINE || bytes[at] === CARRIAGE_RETURN)) at++;
    return at;
  }
}

/** `\p{L}` */
function isWord(kind: number): boolean {
  return kind === LOWER || kind === UPPER || kind === UNCASED;
}

/** The cutter of an encoding; `classes` is the table of character-classes.ts. */
export function pieceCutter(encoding: Encoding, classes: Uint8Array): PieceCutter {
  return encoding === "o200k_base" ? new O200kCutter(classes) : new Cl100kCutter(classes);
}
