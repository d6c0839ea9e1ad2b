import { elapsed as took } from "../format/duration";

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
    const left = fraction > 0.1 && fraction < 1 ? `, about ${took((elapsed * (1 - fraction)) / fraction)} left` : "";
    const line = `  ${what} (${took(elapsed)}${left})`;
    this.out.write(this.out.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  }

  done(what: string): void {
    this.out.write(`${this.out.isTTY ? "\r\x1b[K" : ""}  ${what} (${took(this.now() - this.startedAt)})\n`);
  }
}
