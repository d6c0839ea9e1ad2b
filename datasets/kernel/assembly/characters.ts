import { CLASSES } from "./layout";

// @inline, which prettier can't read: the loops that ask for classes get the whole counting 7% faster.

// The classes of character-classes.ts.
/** Neither letter, mark, number nor space. */
export const OTHER: u32 = 0;
/** Upper-case and title-case letters: Lu, Lt. */
export const UPPER: u32 = 1;
/** Lower-case letters: Ll. */
export const LOWER: u32 = 2;
/** Letters without case: Lm, Lo. */
export const UNCASED: u32 = 3;
/** Combining marks: M. */
export const MARK: u32 = 4;
/** Numbers: N. */
export const NUMBER: u32 = 5;
/** White_Space, which differs from JavaScript's `\s` in U+0085 and U+FEFF. */
export const SPACE: u32 = 6;

export const CARRIAGE_RETURN: u8 = 0x0d;
export const NEWLINE: u8 = 0x0a;
export const SLASH: u8 = 0x2f;
export const BLANK: u8 = 0x20;
export const APOSTROPHE: u8 = 0x27;

/** Class of the character at `at`. The bytes must be valid UTF-8. */
@inline
export function classAt(at: usize): u32 {
  const first = <u32>load<u8>(at);
  return first < 0x80 ? load<u8>(CLASSES + first) : classBeyondAscii(at, first);
}

@inline
function classBeyondAscii(at: usize, first: u32): u32 {
  const second = <u32>load<u8>(at, 1) & 0x3f;
  if (first < 0xe0) return load<u8>(CLASSES + (((first & 0x1f) << 6) | second));
  const third = <u32>load<u8>(at, 2) & 0x3f;
  if (first < 0xf0) return load<u8>(CLASSES + (((first & 0x0f) << 12) | (second << 6) | third));
  const fourth = <u32>load<u8>(at, 3) & 0x3f;
  return load<u8>(CLASSES + (((first & 0x07) << 18) | (second << 12) | (third << 6) | fourth));
}

/** Bytes of the character at `at`. */
@inline
export function widthAt(at: usize): usize {
  const first = load<u8>(at);
  if (first < 0x80) return 1;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

export function isLetter(byte: u8): bool {
  return <u8>((byte | 0x20) - 0x61) < 26;
}
