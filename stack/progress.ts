/** A duration as people write it: `48 s`, `2 min 13 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * One line that says what, how far and how long: rewritten in place on a terminal, else printed every ten seconds.
 * `fraction` (0..1) gives the time left, once there is enough progress to derive it from.
 */
export class Progress {
  private readonly startedAt = this.now();
  private shownAt = -Infinity;

  constructor(
    private readonly out: { isTTY?: boolean; write(text: string): unknown } = process.stderr,
    private readonly now: () => number = Date.now,
  ) {}

  show(what: string, fraction: number): void {
    const time = this.now();
    if (time - this.shownAt < (this.out.isTTY ? 200 : 10_000)) return;
    this.shownAt = time;
    const elapsed = time - this.startedAt;
    const left =
      fraction > 0.1 && fraction < 1 ? `, about ${duration((elapsed * (1 - fraction)) / fraction)} left` : "";
    const line = `  ${what} (${duration(elapsed)}${left})`;
    this.out.write(this.out.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  }

  done(what: string): void {
    this.out.write(`${this.out.isTTY ? "\r\x1b[K" : ""}  ${what} (${duration(this.now() - this.startedAt)})\n`);
  }
}
