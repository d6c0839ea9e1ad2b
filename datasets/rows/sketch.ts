import type { Kernel, OnShingle } from "../kernel/kernel";

/** Band keys per example: 32 bytes each row. */
export const BANDS = 8;

/**
 * MinHash of an example's text, and a hash of all of it: kernel/assembly/sketch.ts says how. `start`, then each text between
 * `startText` and `endText`, then `end`; what came out can be read until the kernel's next `end`.
 */
export class Sketch {
  constructor(private readonly kernel: Kernel) {}

  /** Starts an example. `onShingle` gets every shingle's hash. */
  start(onShingle?: OnShingle): void {
    this.kernel.onShingle = onShingle;
    this.kernel.exports.startSketch(onShingle !== undefined);
  }

  /** Starts a text of its own: shingles don't reach over its start. `label` says what it is (a role, a key). */
  startText(label: number): void {
    this.kernel.exports.startText(label);
  }

  /** Takes text that is compared. */
  compared(text: string): void {
    const end = this.kernel.putText(text);
    this.kernel.exports.countSketched(this.kernel.source, end);
  }

  /**
   * Takes text that makes examples different, but is not compared for nearness: system text, names, weights.
   *
   * @returns a hash of it, never 0.
   */
  distinguishing(text: string): number {
    const end = this.kernel.putText(text);
    this.kernel.exports.countInstruction(this.kernel.source, end);
    return this.kernel.exports.instructionHash.value >>> 0;
  }

  /** Ends a text: one of a single piece is a shingle itself. */
  endText(): void {
    this.kernel.exports.endText();
  }

  end(): void {
    this.kernel.exports.endSketch();
  }

  /** Hash of the whole example, in two halves. */
  get low(): number {
    return this.word(BANDS);
  }

  get high(): number {
    return this.word(BANDS + 1);
  }

  /** Writes the band keys to `keys`, from `offset`; all zero for an example without text. */
  writeBands(keys: Uint32Array, offset: number): void {
    for (let band = 0; band < BANDS; band++) keys[offset + band] = this.word(band);
  }

  private word(index: number): number {
    return this.kernel.words[(this.kernel.exports.SKETCH.value >>> 2) + index]!;
  }
}
