/** Something that is costly to read: read again only when it is older than it may be. Readers at the same time share one read. */
export class RememberedValue<T> {
  private reading: Promise<T> | undefined;
  private readUntil = -Infinity;

  /**
   * @param read - reads it anew; a failure is not remembered
   * @param age - how many milliseconds a value may be used
   */
  constructor(
    private readonly read: () => Promise<T>,
    private readonly age: (value: T) => number,
    private readonly now: () => number,
  ) {}

  get(): Promise<T> {
    if (this.reading && this.now() < this.readUntil) return this.reading;
    const reading = this.read();
    this.reading = reading;
    this.readUntil = Infinity;
    reading.then(
      (value) => this.end(reading, this.now() + this.age(value)),
      () => this.end(reading, -Infinity),
    );
    return reading;
  }

  private end(reading: Promise<T>, until: number): void {
    if (this.reading === reading) this.readUntil = until;
  }
}
