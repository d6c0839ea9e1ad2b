import { isLetter } from "./characters";

/** Kinds of pattern that a text might hold: see findings.ts. */
const KEY: u32 = 1;
const ASSIGNMENT: u32 = 2;
const ADDRESS: u32 = 4;
const NUMBER: u32 = 8;

/** Digits, within one number with its separators, from which it may be a telephone or card number. */
const MIN_DIGITS: u32 = 9;

let digits: u32 = 0;
let lastDigit: usize = 0;

/**
 * Kinds of pattern that a text might hold, told from bytes that all of a kind have: a first sieve, 16 bytes at a time, so that the
 * regular expressions of findings.ts run on few texts. 0 for none.
 */
export function kindsOfSecrets(start: usize, end: usize): u32 {
  let kinds: u32 = 0;
  digits = 0;
  lastDigit = start - 8;
  for (let block = start; block < end; block += 16) {
    let places = v128.bitmask<i8>(marksOf(v128.load(block)));
    if (block + 16 > end) places &= (1 << i32(end - block)) - 1;
    for (; places != 0; places &= places - 1) {
      const at = block + ctz(places);
      kinds |= <u8>(load<u8>(at) - 0x30) < 10 ? digitAt(at) : kindAt(at, start, end);
    }
  }
  return kinds;
}

/** Bytes at which something is to be looked for: digits and `@ - _ = : J K z x`. */
function marksOf(bytes: v128): v128 {
  const digit = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(11)); // the colon too
  const sign = v128.or(
    v128.or(i8x16.eq(bytes, i8x16.splat(0x40)), i8x16.eq(bytes, i8x16.splat(0x2d))),
    v128.or(i8x16.eq(bytes, i8x16.splat(0x5f)), i8x16.eq(bytes, i8x16.splat(0x3d))),
  );
  const letter = v128.or(
    v128.or(i8x16.eq(bytes, i8x16.splat(0x4a)), i8x16.eq(bytes, i8x16.splat(0x4b))),
    v128.or(i8x16.eq(bytes, i8x16.splat(0x7a)), i8x16.eq(bytes, i8x16.splat(0x78))),
  );
  return v128.or(digit, v128.or(sign, letter));
}

function digitAt(at: usize): u32 {
  digits = isSameNumber(lastDigit, at) ? digits + 1 : 1;
  lastDigit = at;
  return digits >= MIN_DIGITS ? NUMBER : 0;
}

/** Whether nothing but up to three separators, as in ") 555-", stands between two digits. */
function isSameNumber(last: usize, at: usize): bool {
  if (at - last > 4) return false;
  for (let i = last + 1; i < at; i++) {
    const byte = load<u8>(i);
    if (byte != 0x20 && byte != 0x2d && byte != 0x2e && byte != 0x28 && byte != 0x29) return false;
  }
  return true;
}

function kindAt(at: usize, start: usize, end: usize): u32 {
  const before: u8 = at > start ? load<u8>(at - 1) : 0;
  const earlier: u8 = at > start + 1 ? load<u8>(at - 2) : 0;
  const after: u8 = at + 1 < end ? load<u8>(at + 1) : 0;
  switch (<u32>load<u8>(at)) {
    case 0x40: // @
      return isWord(before) && isWord(after) ? ADDRESS : 0;
    case 0x2d: // - of sk-, xoxb- and -----BEGIN
      return (before == 0x6b && earlier == 0x73) || (after == 0x42 && before == 0x2d && earlier == 0x2d) ? KEY : 0;
    case 0x5f: // _ of ghp_ and github_pat_
      return earlier == 0x68 || (before == 0x74 && earlier == 0x61) ? KEY : 0;
    case 0x4b: // K of AKIA
      return before == 0x41 && after == 0x49 ? KEY : 0;
    case 0x7a: // z of AIza
      return before == 0x49 && earlier == 0x41 ? KEY : 0;
    case 0x4a: // J of eyJ
      return before == 0x79 && earlier == 0x65 ? KEY : 0;
    case 0x78: // the second x of xox
      return before == 0x6f && earlier == 0x78 ? KEY : 0;
    default: // = or : behind key, secret, token, password, pwd, sig
      return isAssignment(at, start) ? ASSIGNMENT : 0;
  }
}

/** Whether a word that ends as a name of a secret does, perhaps quoted, stands before the = or : at `at`. */
function isAssignment(at: usize, start: usize): bool {
  let i = at - 1;
  for (; i >= start && i > at - 4; i--) {
    const byte = load<u8>(i);
    if (byte != 0x20 && byte != 0x22 && byte != 0x27) break;
  }
  if (i < start + 2) return false;
  const pair = ((<u32>(load<u8>(i - 1) | 0x20)) << 8) | (load<u8>(i) | 0x20);
  // ey, et, en, rd, wd, ig
  return pair == 0x6579 || pair == 0x6574 || pair == 0x656e || pair == 0x7264 || pair == 0x7764 || pair == 0x6967;
}

function isWord(byte: u8): bool {
  return isLetter(byte) || <u8>(byte - 0x30) < 10 || byte == 0x2d || byte == 0x5f;
}
