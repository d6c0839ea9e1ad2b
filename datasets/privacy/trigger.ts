/** Kinds of pattern that a text might hold: see findings.ts. */
export const MAY_HOLD_KEY = 1;
export const MAY_HOLD_ASSIGNMENT = 2;
export const MAY_HOLD_ADDRESS = 4;
export const MAY_HOLD_NUMBER = 8;

// Constants of this module's own: an exported one is looked up through a getter at each use.
const KEY = 1;
const ASSIGNMENT = 2;
const ADDRESS = 4;
const NUMBER = 8;

const NOTHING = 0;
const LOOK = 1;
const DIGIT = 2;

/** What to do at a byte. */
const actions = new Uint8Array(256);
for (const char of "@-_=:JKzx") actions[char.charCodeAt(0)] = LOOK;
for (const char of "0123456789") actions[char.charCodeAt(0)] = DIGIT;

/** Digits, within one number with its separators, from which it may be a telephone or card number. */
const MIN_DIGITS = 9;

/**
 * Kinds of pattern that a text might hold, told from bytes that all of a kind have: a first sieve of about 1 ns per byte, so that the
 * regular expressions of findings.ts run on few texts. 0 for none.
 */
export function kindsOfSecrets(bytes: Uint8Array, start: number, end: number): number {
  let kinds = 0;
  let digits = 0;
  let lastDigit = start - 8;
  for (let at = start; at < end; at++) {
    const action = actions[bytes[at]!]!;
    if (action === NOTHING) continue;
    if (action === DIGIT) {
      digits = isSameNumber(bytes, lastDigit, at) ? digits + 1 : 1;
      lastDigit = at;
      if (digits === MIN_DIGITS) kinds |= NUMBER;
    } else {
      kinds |= kindAt(bytes, at, start, end);
    }
  }
  return kinds;
}

/** Whether nothing but up to three separators, as in ") 555-", stands between two digits. */
function isSameNumber(bytes: Uint8Array, last: number, at: number): boolean {
  if (at - last > 4) return false;
  for (let i = last + 1; i < at; i++) {
    const byte = bytes[i]!;
    if (byte !== 0x20 && byte !== 0x2d && byte !== 0x2e && byte !== 0x28 && byte !== 0x29) return false;
  }
  return true;
}

function kindAt(bytes: Uint8Array, at: number, start: number, end: number): number {
  const before = at > start ? bytes[at - 1]! : 0;
  const earlier = at > start + 1 ? bytes[at - 2]! : 0;
  const after = at + 1 < end ? bytes[at + 1]! : 0;
  switch (bytes[at]!) {
    case 0x40: // @
      return isWord(before) && isWord(after) ? ADDRESS : 0;
    case 0x2d: // - of sk-, xoxb- and -----BEGIN
      return (before === 0x6b && earlier === 0x73) || (after === 0x42 && before === 0x2d && earlier === 0x2d) ? KEY : 0;
    case 0x5f: // _ of ghp_ and github_pat_
      return earlier === 0x68 || (before === 0x74 && earlier === 0x61) ? KEY : 0;
    case 0x4b: // K of AKIA
      return before === 0x41 && after === 0x49 ? KEY : 0;
    case 0x7a: // z of AIza
      return before === 0x49 && earlier === 0x41 ? KEY : 0;
    case 0x4a: // J of eyJ
      return before === 0x79 && earlier === 0x65 ? KEY : 0;
    case 0x78: // the second x of xox
      return before === 0x6f && earlier === 0x78 ? KEY : 0;
    default: // = or : behind key, secret, token, password, pwd, sig
      return isAssignment(bytes, at, start) ? ASSIGNMENT : 0;
  }
}

/** Whether a word that ends as a name of a secret does, perhaps quoted, stands before the = or : at `at`. */
function isAssignment(bytes: Uint8Array, at: number, start: number): boolean {
  let i = at - 1;
  while (i >= start && i > at - 4 && (bytes[i] === 0x20 || bytes[i] === 0x22 || bytes[i] === 0x27)) i--;
  if (i < start + 2) return false;
  const pair = ((bytes[i - 1]! | 0x20) << 8) | (bytes[i]! | 0x20);
  // ey, et, en, rd, wd, ig
  return pair === 0x6579 || pair === 0x6574 || pair === 0x656e || pair === 0x7264 || pair === 0x7764 || pair === 0x6967;
}

function isWord(byte: number): boolean {
  const lower = byte | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x5f;
}
