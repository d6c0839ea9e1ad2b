import { createHash } from "node:crypto";

/** Name space of `guid()` (documented on the page of template functions). */
const GUID_NAMESPACE = "11fb06fb712d4ddd98c7e71bbd588830";
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** `guid('a', 'b')`: a name-based UUID, version 5, of the texts joined by `-`. */
export function templateGuid(texts: string[]): string {
  const hash = createHash("sha1").update(Buffer.from(GUID_NAMESPACE, "hex")).update(texts.join("-")).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString("hex").slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * `uniqueString('a', 'b')`: 13 characters. Azure does not publish the algorithm; it is a 64-bit Murmur hash with constants of its own, of
 * the texts joined by `-`, in base 32 (as public reimplementations have it; the test compares with values that Azure gave).
 */
export function uniqueString(texts: string[]): string {
  const bytes = Buffer.from(texts.join("-"), "utf8");
  let hash = murmur64(bytes);
  let text = "";
  for (let count = 0; count < 13; count += 1) {
    text += ALPHABET[Number(hash >> 59n)];
    hash = BigInt.asUintN(64, hash << 5n);
  }
  return text;
}

const C1 = 0xab0e9789;
const C2 = 0x239b961b;

function murmur64(bytes: Buffer): bigint {
  let [h1, h2] = [0, 0];
  const whole = bytes.length - (bytes.length % 8);
  for (let at = 0; at < whole; at += 8) {
    h1 ^= mixed(bytes.readUInt32LE(at), C2, 15, C1);
    h1 = plus(Math.imul(plus(rotated(h1, 19), h2), 5), 0x561ccd1b);
    h2 ^= mixed(bytes.readUInt32LE(at + 4), C1, 17, C2);
    h2 = plus(Math.imul(plus(rotated(h2, 13), h1), 5), 0x0bcaa747);
  }
  if (whole < bytes.length) {
    const rest = Buffer.concat([bytes.subarray(whole), Buffer.alloc(8)]);
    h1 ^= mixed(rest.readUInt32LE(0), C2, 15, C1);
    if (bytes.length - whole > 4) h2 ^= mixed(rest.readUInt32LE(4), C1, 17, C2);
  }
  h2 ^= bytes.length;
  h1 = plus(h1 ^ bytes.length, h2);
  h2 = plus(h2, h1);
  h1 = finished(h1);
  h2 = finished(h2);
  h1 = plus(h1, h2);
  h2 = plus(h2, h1);
  return (BigInt(h2 >>> 0) << 32n) | BigInt(h1 >>> 0);
}

function mixed(block: number, first: number, bits: number, second: number): number {
  return Math.imul(rotated(Math.imul(block, first), bits), second);
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function plus(a: number, b: number): number {
  return (a + b) | 0;
}

function finished(value: number): number {
  let mixedUp = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixedUp = Math.imul(mixedUp ^ (mixedUp >>> 13), 0xc2b2ae35);
  return mixedUp ^ (mixedUp >>> 16);
}
