import { pieceHash, countPiece } from "./piece-counts";
import { endOfPiece } from "./pieces";
import { mixIn, sketchPiece } from "./sketch";

/** Hash of the instruction that was counted last; never 0, which stands for no instruction. */
export let instructionHash: u32 = 1;

/** Tokens of a text, which must be valid UTF-8, as tiktoken's `encode(text, disallowed_special=())` has them. */
export function count(start: usize, end: usize): u32 {
  let total: u32 = 0;
  for (let at = start; at < end;) {
    const next = endOfPiece(at, end);
    total += countPiece(at, next);
    at = next;
  }
  return total;
}

/** As `count`, for a text that is compared for nearness. */
export function countSketched(start: usize, end: usize): u32 {
  let total: u32 = 0;
  for (let at = start; at < end;) {
    const next = endOfPiece(at, end);
    total += countPiece(at, next);
    sketchPiece(pieceHash);
    at = next;
  }
  return total;
}

/** As `count`, for a text that only makes an example different, and whose hash is left in `instructionHash`. */
export function countInstruction(start: usize, end: usize): u32 {
  let total: u32 = 0;
  instructionHash = 1;
  for (let at = start; at < end;) {
    const next = endOfPiece(at, end);
    total += countPiece(at, next);
    mixIn(pieceHash);
    instructionHash = ((instructionHash ^ (<u32>(pieceHash >> 32))) * 0x01000193) | 1;
    at = next;
  }
  return total;
}
