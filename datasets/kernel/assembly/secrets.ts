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

/** Blocks in a row of nothing but what keys are made of, from which it may be one of 84 or more characters. */
const MIN_BLOCKS: u32 = 4;
/** How far before an @ the start of an address with a password is looked for. */
const LONGEST_USER: usize = 220;

/**
 * Kinds of pattern that a text might hold, told from bytes that all of a kind have: a first sieve, 16 bytes at a time, so that the
 * regular expressions of findings.ts run on few texts. 0 for none.
 */
export function kindsOfSecrets(start: usize, end: usize): u32 {
  let kinds: u32 = 0;
  let blocks: u32 = 0;
  digits = 0;
  lastDigit = start - 8;
  for (let block = start; block < end; block += 16) {
    const classes = classesOf(v128.load(block));
    blocks = v128.all_true<i8>(classes) ? blocks + 1 : 0;
    if (blocks >= MIN_BLOCKS) kinds |= KEY;
    let places = v128.bitmask<i8>(i8x16.ne(v128.and(classes, i8x16.splat(MARK)), i8x16.splat(0)));
    if (block + 16 > end) places &= (1 << i32(end - block)) - 1;
    for (; places != 0; places &= places - 1) {
      const at = block + ctz(places);
      kinds |= <u8>(load<u8>(at) - 0x30) < 10 ? digitAt(at) : kindAt(at, start, end);
    }
  }
  return kinds;
}

/** Of a byte's class: it is a mark, at which something is to be looked for. */
const MARK: i8 = 31;

/**
 * Classes of 16 bytes, by their two halves as tables have them (G. Langdale, D. Lemire, "Parsing Gigabytes of JSON per Second", 2019, section
 * 3.1.1): for each value of the upper half a bit of MARK, and 32, 64 and 128 for what else keys are made of. Marks are digits and
 * `- : = @ B J K S _ x z ~`; 0 is what ends a key, such as spaces, and all beyond ASCII.
 */
function classesOf(bytes: v128): v128 {
  const lower = i8x16(70, 98, 102, 106, 98, 98, 98, 98, 114, 98, 118, -92, 32, 35, 48, -88);
  const upper = i8x16(0, 0, -127, 2, 36, 72, 32, 80, 0, 0, 0, 0, 0, 0, 0, 0);
  return v128.and(i8x16.swizzle(lower, v128.and(bytes, i8x16.splat(15))), i8x16.swizzle(upper, i8x16.shr_u(bytes, 4)));
}

function digitAt(at: usize): u32 {
  digits = isSameNumber(lastDigit, at) ? digits + 1 : 1;
  lastDigit = at;
  if (load<u32>(at - 3) == 0x39326179) return KEY; // ya29
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
      return (isWord(before) && isWord(after) ? ADDRESS : 0) | (endsAddress(at, start) ? KEY : 0);
    case 0x2d:
      return isBeforeHyphen(at, before, earlier, after) ? KEY : 0;
    case 0x5f:
      return isBeforeUnderscore(at, before, earlier, after) ? KEY : 0;
    case 0x7e: // ~ of a digit and Q~
      return before == 0x51 && <u8>(earlier - 0x30) < 10 ? KEY : 0;
    case 0x42: // B of Bearer and Basic
      return load<u32>(at + 1) == 0x65726165 || load<u32>(at + 1) == 0x63697361 ? KEY : 0;
    case 0x53: // S of ASIA and SG.
      return (before == 0x41 && after == 0x49) || (after == 0x47 && load<u8>(at + 2) == 0x2e) ? KEY : 0;
    case 0x4b: // K of AKIA and SK with a hexadecimal digit
      return (before == 0x41 && after == 0x49) || (before == 0x53 && isHexadecimal(after)) ? KEY : 0;
    case 0x7a: // z of AIza
      return before == 0x49 && earlier == 0x41 ? KEY : 0;
    case 0x4a: // J of eyJ
      return before == 0x79 && earlier == 0x65 ? KEY : 0;
    case 0x78: // the second x of xox, x of ATATT3x
      return (before == 0x6f && earlier == 0x78) || (before == 0x33 && earlier == 0x54) ? KEY : 0;
    case 0x3a: // : of https://hooks, a bot's number:AA and a bearer in small letters, else as =
      if (load<u32>(at + 1) == 0x6f682f2f || (after == 0x41 && <u8>(before - 0x30) < 10)) return KEY;
      if ((load<u32>(at + (after == 0x20 ? 2 : 1)) | 0x20202020) == 0x72616562) return KEY;
      return isAssignment(at, start) ? ASSIGNMENT : 0;
    default: // = behind key, secret, token, password, pwd, sig
      return isAssignment(at, start) ? ASSIGNMENT : 0;
  }
}

/** sk- xapp- glpat- and kin, GOCSPX- pypi- nvapi- xai- pplx- pul- key- AGE- and -----BEGIN. */
function isBeforeHyphen(at: usize, before: u8, earlier: u8, after: u8): bool {
  const third = load<u8>(at - 3);
  switch (<u32>before) {
    case 0x6b: // k
      return earlier == 0x73;
    case 0x2d:
      return after == 0x42 && earlier == 0x2d;
    case 0x70: // p
      return load<u32>(at - 4) == 0x70706178;
    case 0x74: // t
      for (let back: usize = 4; back < 8; back++) if (load<u16>(at - back) == 0x6c67) return true;
      return false;
    case 0x58: // X
      return earlier == 0x50;
    case 0x69: // i
      return earlier == 0x70 || (earlier == 0x61 && third == 0x78);
    case 0x78: // x
      return earlier == 0x6c && third == 0x70;
    case 0x6c: // l
      return earlier == 0x75 && third == 0x70;
    case 0x79: // y
      return earlier == 0x65 && third == 0x6b && isHexadecimal(after);
    case 0x45: // E
      return earlier == 0x47 && after == 0x53;
    default:
      return false;
  }
}

/** ghp_ and kin, github_pat_ hf_ npm_ sk_live_ rk_live_ whsec_ gsk_ r8_ lin_api_ shpat_ and kin, dop_v1_. */
function isBeforeUnderscore(at: usize, before: u8, earlier: u8, after: u8): bool {
  if (earlier == 0x68 || load<u32>(at - 5) << 8 == 0x70687300) return true;
  const third = load<u8>(at - 3);
  switch (<u32>before) {
    case 0x74: // t
      return earlier == 0x61;
    case 0x6d: // m
      return earlier == 0x70 && third == 0x6e;
    case 0x6b: // k
      return (
        ((earlier == 0x73 || earlier == 0x72) && (after == 0x6c || after == 0x74)) || (earlier == 0x73 && third == 0x67)
      );
    case 0x63: // c
      return earlier == 0x65 && third == 0x73;
    case 0x38: // 8
      return earlier == 0x72;
    case 0x69: // i
      return earlier == 0x70;
    case 0x31: // 1
      return earlier == 0x76;
    default:
      return false;
  }
}

/** Whether the @ at `at` stands behind `scheme://user:password`. */
function endsAddress(at: usize, start: usize): bool {
  for (let i = at - 1; i > start + 2 && at - i < LONGEST_USER; i--) {
    const byte = load<u8>(i);
    if (byte <= 0x20 || byte == 0x22) return false;
    if (byte == 0x2f) return load<u16>(i - 2) == 0x2f3a;
  }
  return false;
}

function isHexadecimal(byte: u8): bool {
  return <u8>(byte - 0x30) < 10 || <u8>(byte - 0x61) < 6;
}

/** Whether a word that ends as a name of a secret does, perhaps quoted, stands before the = or : at `at`. */
function isAssignment(at: usize, start: usize): bool {
  let i = at - 1;
  for (; i >= start && i > at - 6; i--) {
    const byte = load<u8>(i);
    if (byte != 0x20 && byte != 0x22 && byte != 0x27 && byte != 0x5c) break;
  }
  if (i < start + 2) return false;
  const pair = ((<u32>(load<u8>(i - 1) | 0x20)) << 8) | (load<u8>(i) | 0x20);
  // ey, et, en, rd, wd, ig
  return pair == 0x6579 || pair == 0x6574 || pair == 0x656e || pair == 0x7264 || pair == 0x7764 || pair == 0x6967;
}

function isWord(byte: u8): bool {
  return isLetter(byte) || <u8>(byte - 0x30) < 10 || byte == 0x2d || byte == 0x5f;
}
