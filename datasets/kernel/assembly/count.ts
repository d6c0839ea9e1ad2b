import { BATCH } from "./layout";
import { batchEnd, ENTRY, takePieces } from "./piece-batch";
import { countPiece } from "./piece-counts";
import { hashOf } from "./piece-slots";
import { mixIn, sketchPiece } from "./sketch";

/** Hash of the instruction that was counted last; never 0, which stands for no instruction. */
export let instructionHash: u32 = 1;

/** Tokens of a text, which must be valid UTF-8, as tiktoken's `encode(text, disallowed_special=())` has them. */
export function count(start: usize, end: usize): u32 {
  let total: u32 = 0;
  for (let at = start; at < end;) {
    at = takePieces(at, end);
    for (let piece = BATCH; piece < batchEnd; piece += ENTRY) total += countPiece(piece);
  }
  return total;
}

/** As `count`, for a text that is compared for nearness. */
export function countSketched(start: usize, end: usize): u32 {
  let total: u32 = 0;
  for (let at = start; at < end;) {
    at = takePieces(at, end);
    for (let piece = BATCH; piece < batchEnd; piece += ENTRY) {
      total += countPiece(piece);
      sketchPiece(hashOf(piece));
    }
  }
  return total;
}

/** As `count`, for a text that only makes an example different, and whose hash is left in `instructionHash`. */
export function countInstruction(start: usize, end: usize): u32 {
  let total: u32 = 0;
  instructionHash = 1;
  for (let at = start; at < end;) {
    at = takePieces(at, end);
    for (let piece = BATCH; piece < batchEnd; piece += ENTRY) {
      total += countPiece(piece);
      const hash = hashOf(piece);
      mixIn(hash);
      instructionHash = ((instructionHash ^ (<u32>(hash >> 32))) * 0x01000193) | 1;
    }
  }
  return total;
}
