import { COMMON_FILTER, COMMON_FILTER_BYTES, COMMON_SLOT_COUNT, COMMON_SLOTS } from "./layout";

/** Whether any shingle is common, so that most files ask nothing else. */
let hasCommon: bool = false;

/** Forgets the shingles that most examples of a file share. */
export function clearCommon(): void {
  if (!hasCommon) return;
  memory.fill(COMMON_FILTER, 0, COMMON_FILTER_BYTES);
  memory.fill(COMMON_SLOTS, 0, 4 * COMMON_SLOT_COUNT);
  hasCommon = false;
}

/** Takes a shingle that most examples share; at most half as many as there are slots. */
export function addCommon(hash: u32): void {
  // Zero stands for an empty slot; such a shingle stays an uncommon one.
  if (hash == 0) return;
  hasCommon = true;
  const byte = filterByte(hash);
  store<u8>(byte, <u8>(load<u8>(byte) | bitOf(hash)));
  store<u32>(placeOf(hash), hash);
}

/** Whether most examples share the shingle. A filter of 4 KB, which the processor's nearest cache holds, answers nearly always. */
export function isCommon(hash: u32): bool {
  if (!hasCommon || hash == 0 || (load<u8>(filterByte(hash)) & bitOf(hash)) == 0) return false;
  const at = placeOf(hash);
  return load<u32>(at) == hash;
}

/** Where the shingle stands, or would. */
function placeOf(hash: u32): usize {
  let slot = hash >> 7;
  let at: usize;
  let known: u32;
  do {
    at = COMMON_SLOTS + 4 * (slot++ & (COMMON_SLOT_COUNT - 1));
    known = load<u32>(at);
  } while (known != 0 && known != hash);
  return at;
}

function filterByte(hash: u32): usize {
  return COMMON_FILTER + ((hash >> 3) & (COMMON_FILTER_BYTES - 1));
}

function bitOf(hash: u32): u32 {
  return 1 << (hash & 7);
}
