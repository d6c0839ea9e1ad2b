import type { Progress as Reading } from "../../datasets";
import { Progress } from "../progress";

/** Smaller files are read before a line would be. */
const SHOWN_FROM_BYTES = 20_000_000;

/** Progress of reading large files: what, how far, how fast, how long yet. */
export class ReadingProgress {
  private file: { path: string; startedAt: number; progress: Progress } | undefined;

  constructor(
    private readonly out: { isTTY?: boolean; write(text: string): unknown },
    private readonly now: () => number = Date.now,
  ) {}

  readonly show = ({ path, bytesDone, bytes }: Reading): void => {
    if (bytes < SHOWN_FROM_BYTES) return;
    if (this.file?.path !== path) {
      this.end();
      this.file = { path, startedAt: this.now(), progress: new Progress(this.out, this.now) };
    }
    const seconds = Math.max(0.001, (this.now() - this.file.startedAt) / 1000);
    const rate = `${(bytesDone / 1e6 / seconds).toFixed(0)} MB/s`;
    const done = `${Math.floor((100 * bytesDone) / bytes)} % of ${(bytes / 1e6).toFixed(0)} MB`;
    this.file.progress.show(`Checking ${path}: ${done}, ${rate}`, bytesDone / bytes);
  };

  /** Clears the line on a terminal. */
  end(): void {
    if (this.file && this.out.isTTY) this.out.write("\r\x1b[K");
    this.file = undefined;
  }
}
