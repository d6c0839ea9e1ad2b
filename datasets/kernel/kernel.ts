import type { KernelExports } from "./exports";
import { kernelModule } from "./module";

const PAGE = 65536;
/** Room that is there from the start, in bytes. */
const USUAL_TEXT = 1 << 16;
const utf8 = new TextEncoder();

/** Takes the hash of a shingle; `common` when most examples share it. */
export type OnShingle = (shingle: number, common: boolean) => void;

/**
 * The inner loops of the dataset checks, which take nearly all of their time: WebAssembly, compiled from assembly/ by `npm run kernel`.
 * Measured against the same loops in TypeScript: twice as fast, for what 16-byte instructions and 64-bit arithmetic save. A kernel has one
 * memory with one text in it at a time, and is used by one thread.
 */
export class Kernel {
  readonly exports: KernelExports;
  /** Where texts lie. */
  readonly source: number;
  /** Views of its memory, valid until it grows: `put`, `putText` and `reserve` may make it grow. */
  bytes = new Uint8Array(0);
  words = new Uint32Array(0);
  /** Gets the hash of every shingle and whether it is common, where a sketch was started with recording. */
  onShingle: OnShingle | undefined;
  private common: Uint32Array | undefined;
  private capacity = 0;
  private escaped = 0;

  constructor() {
    const shingle = (hash: number, common: number) => this.onShingle?.(hash >>> 0, common !== 0);
    const instance = new WebAssembly.Instance(kernelModule(), { sketch: { shingle } });
    this.exports = instance.exports as unknown as KernelExports;
    this.source = this.exports.SOURCE.value;
    this.reserve(USUAL_TEXT, USUAL_TEXT);
  }

  /** Bytes of memory. */
  get size(): number {
    return this.bytes.length;
  }

  /** Leaves these shingles out of sketches from now on. Files are examined in turns, each with its own. */
  leaveOut(common: Uint32Array | undefined): void {
    if (this.common === common) return;
    this.common = common;
    this.exports.clearCommon();
    for (const hash of common ?? []) this.exports.addCommon(hash);
  }

  /** Puts `bytes[start] .. bytes[end - 1]` at `source` and returns its end there. */
  put(bytes: Uint8Array, start: number, end: number, hasEscapes = false): number {
    this.reserve(end - start, hasEscapes ? end - start : 0);
    this.bytes.set(bytes.subarray(start, end), this.source);
    return this.source + end - start;
  }

  /** Puts a text at `source` as UTF-8, with U+FFFD for lone surrogates, and returns its end there. */
  putText(text: string): number {
    this.reserve(text.length < USUAL_TEXT ? 3 * text.length : Buffer.byteLength(text), 0);
    return this.source + utf8.encodeInto(text, this.bytes.subarray(this.source)).written;
  }

  /** Makes room for a text of `capacity` bytes, of which `escaped` may have escapes. */
  reserve(capacity: number, escaped: number): void {
    if (capacity <= this.capacity && escaped <= this.escaped) return;
    this.capacity = Math.max(capacity, this.capacity);
    this.escaped = Math.max(escaped, this.escaped);
    const { memory } = this.exports;
    // As unsigned: it may be over 2 GB.
    const needed = this.exports.makeRoom(this.capacity, this.escaped) >>> 0;
    const missing = needed - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    this.bytes = new Uint8Array(memory.buffer);
    this.words = new Uint32Array(memory.buffer, 0, memory.buffer.byteLength >>> 2);
  }
}
