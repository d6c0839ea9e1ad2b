import { child, isEncoding } from "./byte-pairs";
import { ANSWERS, ANSWERS_SHIFT, LENGTHS, ONE_BYTE, PREFIXES, SHORT_RANKS, SIZE, TWO_BYTES } from "./layout";
import { SHORT, mergeShort } from "./merge-short";
import { marks } from "./room";

/** Mark of a place, counted from the start of the piece, from which there is no way on; no token is so long. */
const DEAD: u8 = 255;

/**
 * Byte pair encoding of one piece of text, in time linear in its length: the longest token that fits, or a shorter one where its
 * neighbours would have merged in another way. A sequence of tokens is the encoding of its bytes exactly when each two neighbours are
 * the encoding of their own bytes (H. van Antwerpen and A. Neubeck, "So many tokens, so little time", GitHub 2024), and only one
 * sequence is; so a place that was once given up leads nowhere and is not tried again.
 *
 * @returns the number of tokens.
 */
export function encodePiece(start: usize, end: usize): u32 {
  return end - start <= SHORT ? mergeShort(start, end) : encodeLong(start, end);
}

/** As `encodePiece`, with the ranks written to `out`. */
export function encodeTo(start: usize, end: usize, out: usize): u32 {
  const count = encodePiece(start, end);
  if (end - start <= SHORT) {
    memory.copy(out, SHORT_RANKS, 4 * count);
    return count;
  }
  let at = end;
  for (let i = count; i > 0; i--) {
    const length = <usize>load<u8>(marks + (at - start));
    at -= length;
    store<u32>(out + 4 * (i - 1), tokenOf(at, length));
  }
  return count;
}

/** Leaves at `marks`, for each place at which a token ends, the length of the token. */
function encodeLong(start: usize, end: usize): u32 {
  let hasDead = false;
  let count: u32 = 0;
  let at = start;
  let last: i32 = -1;
  let token = longest(at, end);
  while (at < end) {
    const length = load<u8>(LENGTHS + token);
    const next = at + length;
    if ((!hasDead || load<u8>(marks + (next - start)) != DEAD) && (last < 0 || isEncodingCached(last, token))) {
      store<u8>(marks + (next - start), length);
      count++;
      last = token;
      at = next;
      if (at < end) token = longest(at, end);
      continue;
    }
    token = load<i32>(PREFIXES + 4 * token);
    if (token >= 0) continue;
    if (!hasDead) forget(end - start);
    hasDead = true;
    token = last;
    const given = at;
    at -= load<u8>(LENGTHS + last);
    store<u8>(marks + (given - start), DEAD);
    count--;
    const before = at > start ? <usize>load<u8>(marks + (at - start)) : 0;
    last = before > 0 ? tokenOf(at - before, before) : -1;
  }
  return count;
}

/** Marks of earlier pieces are as good as any, until some are dead. */
function forget(length: usize): void {
  for (let i: usize = 0; i <= length; i++) if (load<u8>(marks + i) == DEAD) store<u8>(marks + i, 0);
}

/** The token with these bytes. */
function tokenOf(start: usize, length: usize): i32 {
  const first = <u32>load<u8>(start);
  if (length == 1) return load<i32>(ONE_BYTE + 4 * first);
  let node = load<i32>(TWO_BYTES + 4 * (first * 256 + load<u8>(start, 1)));
  for (let i: usize = 2; i < length; i++) node = child(node, load<u8>(start + i));
  return node;
}

/** Longest token that starts at `at`. */
function longest(at: usize, end: usize): i32 {
  const size = load<i32>(SIZE);
  const first = <u32>load<u8>(at);
  let token = load<i32>(ONE_BYTE + 4 * first);
  if (++at == end) return token;
  let node = load<i32>(TWO_BYTES + 4 * (first * 256 + load<u8>(at)));
  while (node >= 0) {
    if (node < size) token = node;
    if (++at == end) break;
    node = child(node, load<u8>(at));
  }
  return token;
}

/** `isEncoding` behind a small cache: pairs of tokens come again in natural text. */
function isEncodingCached(left: i32, right: i32): bool {
  const slot = ANSWERS + 8 * (((<u32>left * 0x9e3779b1) ^ (<u32>right * 0x85ebca6b)) >> ANSWERS_SHIFT);
  if (load<i32>(slot) == left) {
    const answer = load<i32>(slot, 4);
    if (answer == right) return true;
    if (answer == ~right) return false;
  }
  const answer = isEncoding(left, right);
  store<i32>(slot, left);
  store<i32>(slot, answer ? right : ~right, 4);
  return answer;
}
