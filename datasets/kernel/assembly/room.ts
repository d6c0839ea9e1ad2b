import { MARGIN, SOURCE } from "./layout";

/** Where the text of rows without its escapes goes. */
export let texts: usize = SOURCE;
/** Where the encoder marks places of a piece, one byte each. */
export let marks: usize = SOURCE;

/**
 * Divides the memory for a row or a text of up to `capacity` bytes, of which `escaped` may have escapes.
 *
 * @returns how much memory that takes.
 */
export function makeRoom(capacity: usize, escaped: usize): usize {
  texts = SOURCE + capacity + MARGIN;
  marks = texts + escaped + MARGIN;
  return marks + capacity + MARGIN;
}
