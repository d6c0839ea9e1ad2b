import { classAt, SPACE, widthAt } from "./characters";
import { forgetTexts, readString, textEnd, textStart } from "./json-string";
import { MAX_MESSAGES, MESSAGES } from "./layout";

/** Roles of a plain chat row, by number: system, developer, user, assistant. */
const USER: u32 = 2;
export const ASSISTANT: u32 = 3;

const KEY_ROLE: u32 = 1;
const KEY_CONTENT: u32 = 2;

/** Messages of the row that was read last; they lie at MESSAGES. */
export let messageCount: u32 = 0;
let at: usize = 0;
let hasUser: bool = false;

/**
 * Recognises the rows that nearly every file is made of, without an object: `{"messages": [{"role": ..., "content": ...}, ...]}` whose
 * roles are system or developer (first only), user and assistant, with an assistant's text at the end, some user's before it and none of them empty. Whatever
 * else a row holds (other keys, names, weights, tools, faults of any kind), the answer is no, and the row is parsed and checked in full.
 */
export function readPlainChat(start: usize, end: usize): bool {
  at = start;
  messageCount = 0;
  hasUser = false;
  forgetTexts();
  if (!take(end, 0x7b) || !takeMessagesKey(end) || !take(end, 0x3a) || !take(end, 0x5b)) return false;
  do {
    if (messageCount == MAX_MESSAGES || !message(end)) return false;
  } while (take(end, 0x2c));
  if (!take(end, 0x5d) || !take(end, 0x7d)) return false;
  space(end);
  return at == end && hasUser && roleAt(messageCount - 1) == ASSISTANT;
}

export function roleAt(index: u32): u32 {
  return load<u8>(MESSAGES + 16 * index, 8);
}

function message(end: usize): bool {
  if (!take(end, 0x7b)) return false;
  const entry = MESSAGES + 16 * messageCount;
  let keys: u32 = 0;
  do {
    const key = takeKey(end);
    if (key == 0 || (keys & key) != 0 || !take(end, 0x3a)) return false;
    keys |= key;
    space(end);
    if (at >= end || load<u8>(at) != 0x22) return false;
    if (key == KEY_ROLE) {
      if (!takeRole(end, entry)) return false;
    } else {
      at = readString(at + 1, end);
      if (at == 0) return false;
      store<u32>(entry, textStart);
      store<u32>(entry, textEnd, 4);
    }
  } while (take(end, 0x2c));
  if (keys != (KEY_ROLE | KEY_CONTENT) || !take(end, 0x7d)) return false;
  // A text that is nothing but space is for the full check, and so is an example in which nobody asks.
  const role = load<u8>(entry, 8);
  if (role == USER) hasUser = true;
  if (role >= USER && !hasInk(load<u32>(entry), load<u32>(entry, 4))) return false;
  messageCount++;
  return true;
}

function takeRole(end: usize, entry: usize): bool {
  let role: u32;
  if (at + 11 <= end && load<u64>(at) == 0x6174736973736122 && load<u16>(at, 8) == 0x746e && load<u8>(at, 10) == 0x22) {
    role = ASSISTANT; // "assista + nt"
    at += 11;
  } else if (at + 6 <= end && load<u32>(at) == 0x65737522 && load<u16>(at, 4) == 0x2272) {
    role = USER; // "use + r"
    at += 6;
  } else if (messageCount != 0) {
    return false;
  } else if (at + 8 <= end && load<u64>(at) == 0x226d657473797322) {
    role = 0; // "system"
    at += 8;
  } else if (
    at + 11 <= end &&
    load<u64>(at) == 0x65706f6c65766422 &&
    load<u16>(at, 8) == 0x7265 &&
    load<u8>(at, 10) == 0x22
  ) {
    role = 1; // "develope + er
    at += 11;
  } else {
    return false;
  }
  store<u8>(entry, <u8>role, 8);
  return true;
}

function takeKey(end: usize): u32 {
  space(end);
  if (at + 6 <= end && load<u32>(at) == 0x6c6f7222 && load<u16>(at, 4) == 0x2265) {
    at += 6; // "rol + e"
    return KEY_ROLE;
  }
  if (at + 9 <= end && load<u64>(at) == 0x746e65746e6f6322 && load<u8>(at, 8) == 0x22) {
    at += 9; // "content + "
    return KEY_CONTENT;
  }
  return 0;
}

function takeMessagesKey(end: usize): bool {
  space(end);
  if (at + 10 > end || load<u64>(at) != 0x656761737365_6d22 || load<u16>(at, 8) != 0x2273) return false;
  at += 10; // "message + s"
  return true;
}

/** Whether some character is surely not white space, of which JavaScript has U+FEFF too; a wrong `no` only costs the time of the full check. */
function hasInk(start: usize, end: usize): bool {
  for (let i = start; i < end; i += widthAt(i)) if (load<u8>(i) != 0xef && classAt(i) != SPACE) return true;
  return false;
}

function take(end: usize, byte: u8): bool {
  space(end);
  if (at >= end || load<u8>(at) != byte) return false;
  at++;
  return true;
}

function space(end: usize): void {
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte > 0x20 || (byte != 0x20 && byte != 0x09 && byte != 0x0d)) return;
  }
}
