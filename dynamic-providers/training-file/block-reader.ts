/** Takes exact pieces of content that comes in blocks of any size. */
export class BlockReader {
  private readonly blocks: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(blocks: AsyncIterable<Uint8Array>) {
    this.blocks = blocks[Symbol.asyncIterator]();
  }

  /** Fills `piece`; false when there are fewer bytes. */
  async fill(piece: Uint8Array): Promise<boolean> {
    for (let filled = 0; filled < piece.length;) {
      if (this.rest.length === 0 && !(await this.next())) return false;
      const taken = this.rest.subarray(0, piece.length - filled);
      piece.set(taken, filled);
      filled += taken.length;
      this.rest = this.rest.subarray(taken.length);
    }
    return true;
  }

  /** Whether nothing is left. */
  async isAtEnd(): Promise<boolean> {
    return this.rest.length === 0 && !(await this.next());
  }

  /** Stops reading where it is. */
  async close(): Promise<void> {
    await this.blocks.return?.();
  }

  private async next(): Promise<boolean> {
    for (;;) {
      const next: IteratorResult<Uint8Array, unknown> = await this.blocks.next();
      if (next.done) return false;
      if (next.value.length === 0) continue;
      this.rest = next.value;
      return true;
    }
  }
}
