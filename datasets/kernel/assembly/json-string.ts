import { texts } from "./room";

const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
const NO_UNIT: u32 = 0xffffffff;

/** Text of the string that was read last: in the source, or, when it has escapes, behind the texts of earlier strings. */
export let textStart: usize = 0;
export let textEnd: usize = 0;
/** Where the next byte without escapes goes. */
let written: usize = 0;

/** Forgets the texts of earlier strings. */
export function forgetTexts(): void {
  written = texts;
}

/**
 * Reads the JSON string whose inside starts at `at`.
 *
 * @returns the place behind its closing quote; 0 when it is not JSON or a half of a surrogate pair stands alone.
 */
export function readString(start: usize, end: usize): usize {
  let at = endOfPlain(start, end);
  if (at >= end) return 0;
  if (load<u8>(at) == QUOTE) {
    textStart = start;
    textEnd = at;
    return at + 1;
  }
  textStart = written;
  at = copyPlain(start, end, written);
  while (at < end) {
    const byte = load<u8>(at);
    if (byte == QUOTE) {
      textEnd = written;
      return at + 1;
    }
    if (byte != BACKSLASH) return 0;
    do {
      const next = readUnits(at, end);
      at = next > at ? next : readEscape(at, end);
      if (at == 0) return 0;
    } while (at < end && load<u8>(at) == BACKSLASH);
    at = copyPlain(at, end, written);
  }
  return 0;
}

/** Copies up to the first quote, backslash or control character and returns its place, or a place from `end` on. */
function copyPlain(at: usize, end: usize, out: usize): usize {
  while (at < end) {
    const bytes = v128.load(at);
    v128.store(out, bytes);
    const found = i8x16.bitmask(notPlain(bytes));
    const count: usize = found != 0 ? <usize>ctz(found) : <usize>16;
    at += count;
    out += count;
    if (found != 0) break;
  }
  written = out;
  return at;
}

/** The first quote, backslash or control character from `at`, or a place from `end` on. */
function endOfPlain(at: usize, end: usize): usize {
  for (; at < end; at += 16) {
    const bytes = v128.load(at);
    const found = i8x16.bitmask(notPlain(bytes));
    if (found != 0) return at + ctz(found);
  }
  return at;
}

function notPlain(bytes: v128): v128 {
  const quotes = v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH)));
  return v128.or(quotes, i8x16.lt_u(bytes, i8x16.splat(0x20)));
}

/**
 * Undoes a run of escapes `\uXXXX` beyond ASCII in one loop, as texts that are not English have them throughout when Python's json wrote
 * them. Stops at anything else, surrogates too, and returns its place.
 */
function readUnits(at: usize, end: usize): usize {
  let out = written;
  while (at + 6 <= end) {
    const unit = unitAt(at, end);
    if (unit < 0x80 || (unit & 0xf800) == 0xd800 || unit == NO_UNIT) break;
    if (unit < 0x800) {
      store<u16>(out, <u16>(0x80c0 | (unit >> 6) | ((unit & 0x3f) << 8)));
      out += 2;
    } else {
      store<u32>(out, 0x8080e0 | (unit >> 12) | (((unit >> 6) & 0x3f) << 8) | ((unit & 0x3f) << 16));
      out += 3;
    }
    at += 6;
  }
  written = out;
  return at;
}

/** Undoes the escape at `at` and writes what it stands for. @returns the place behind it; 0 when it is wrong */
function readEscape(at: usize, end: usize): usize {
  if (at + 2 > end) return 0;
  const kind = load<u8>(at, 1);
  if (kind != 0x75) {
    const byte = simpleEscape(kind);
    if (byte == 0) return 0;
    store<u8>(written++, byte);
    return at + 2;
  }
  let point = unitAt(at, end);
  at += 6;
  if (point == NO_UNIT || (point >= 0xdc00 && point <= 0xdfff)) return 0;
  if (point >= 0xd800 && point <= 0xdbff) {
    const low = unitAt(at, end);
    if (low < 0xdc00 || low > 0xdfff) return 0;
    point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    at += 6;
  }
  written = writeCodePoint(written, point);
  return at;
}

function simpleEscape(kind: u8): u8 {
  switch (<u32>kind) {
    case 0x6e: // n
      return 0x0a;
    case 0x22: // "
    case 0x5c: // \
    case 0x2f: // /
      return kind;
    case 0x74: // t
      return 0x09;
    case 0x72: // r
      return 0x0d;
    case 0x62: // b
      return 0x08;
    case 0x66: // f
      return 0x0c;
    default:
      return 0;
  }
}

/** The code unit of the escape `\uXXXX` at `at`. */
function unitAt(at: usize, end: usize): u32 {
  if (at + 6 > end || load<u16>(at) != 0x755c) return NO_UNIT;
  const first = hexDigit(load<u8>(at, 2));
  const second = hexDigit(load<u8>(at, 3));
  const third = hexDigit(load<u8>(at, 4));
  const fourth = hexDigit(load<u8>(at, 5));
  if ((first | second | third | fourth) > 15) return NO_UNIT;
  return (first << 12) | (second << 8) | (third << 4) | fourth;
}

/** Values of the hexadecimal digits by their bytes; 0xff for what is none. */
const HEX: usize = memory.data(256);
memory.fill(HEX, 0xff, 256);
for (let digit: u8 = 0; digit < 10; digit++) store<u8>(HEX + 0x30 + digit, digit);
for (let digit: u8 = 10; digit < 16; digit++) {
  store<u8>(HEX + 0x41 - 10 + digit, digit);
  store<u8>(HEX + 0x61 - 10 + digit, digit);
}

function hexDigit(byte: u8): u32 {
  return load<u8>(HEX + byte);
}

function writeCodePoint(at: usize, point: u32): usize {
  if (point < 0x80) {
    store<u8>(at, <u8>point);
    return at + 1;
  }
  if (point < 0x800) {
    store<u8>(at, <u8>(0xc0 | (point >> 6)));
    store<u8>(at, <u8>(0x80 | (point & 0x3f)), 1);
    return at + 2;
  }
  if (point < 0x10000) {
    store<u8>(at, <u8>(0xe0 | (point >> 12)));
    store<u8>(at, <u8>(0x80 | ((point >> 6) & 0x3f)), 1);
    store<u8>(at, <u8>(0x80 | (point & 0x3f)), 2);
    return at + 3;
  }
  store<u8>(at, <u8>(0xf0 | (point >> 18)));
  store<u8>(at, <u8>(0x80 | ((point >> 12) & 0x3f)), 1);
  store<u8>(at, <u8>(0x80 | ((point >> 6) & 0x3f)), 2);
  store<u8>(at, <u8>(0x80 | (point & 0x3f)), 3);
  return at + 4;
}
