/** Taken from the global once: looking it up at each use is slow in some environments. */
const { imul } = Math;

/**
 * Rows seen so far, by a 32-bit key: of each key the first and the last. Two words per slot; the keys themselves are those of the rows
 * that the slots name, so that a million rows take no more than 16 to 21 MB while they are looked at.
 */
export class SeenRows {
  private readonly slots: Int32Array;
  private readonly mask: number;
  first = -1;
  last = -1;
  private slot = 0;

  private keyOf: (row: number) => number = () => 0;

  /** @param rows - how many rows may be kept. */
  constructor(rows: number) {
    let size = 16;
    while (size < rows * 1.3) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(2 * size);
  }

  /**
   * Forgets all rows and begins with other keys, in the same memory.
   *
   * @param keyOf - key of a row that was kept.
   */
  begin(keyOf: (row: number) => number): void {
    this.keyOf = keyOf;
    this.slots.fill(-1);
  }

  /** Looks a key up: whether rows have it; they are then in `first` and `last`. */
  find(key: number): boolean {
    const { slots, mask } = this;
    const mixed = imul(key, 0x9e3779b1);
    for (let slot = (mixed ^ (mixed >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const row = slots[2 * slot]!;
      this.slot = slot;
      if (row < 0) return false;
      if (this.keyOf(row) !== key) continue;
      this.first = row;
      this.last = slots[2 * slot + 1]!;
      return true;
    }
  }

  /** Keeps a row under the key that was looked up last. */
  keep(row: number): void {
    if (this.slots[2 * this.slot]! < 0) this.slots[2 * this.slot] = row;
    this.slots[2 * this.slot + 1] = row;
  }
}
