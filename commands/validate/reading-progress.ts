import { printableLine } from "../../azure-openai/printable-text";
import type { Progress as Reading } from "../../datasets";
import { Progress } from "../../stack/progress";

/** Smaller files are read before a line would be. */
const SHOWN_FROM_BYTES = 20_000_000;

/** Progress of reading large files: what, how far, how fast, how long yet. */
export class ReadingProgress {
  private file: { path: string; doing?: string; progress: Progress } | undefined;
  /** When the reading of the file at hand began, which is before its first part is done. */
  private startedAt: number;

  constructor(
    private readonly out: { isTTY?: boolean; write(text: string): unknown },
    private readonly now: () => number = Date.now,
  ) {
    this.startedAt = now();
  }

  readonly show = ({ path, doing, bytesDone, bytes }: Reading): void => {
    if (bytes < SHOWN_FROM_BYTES) return;
    if (this.file?.path !== path || this.file.doing !== doing)
      this.file = { path, doing, progress: new Progress(this.out, this.now) };
    const seconds = Math.max(0.001, (this.now() - this.startedAt) / 1000);
    const rate = `${(bytesDone / 1e6 / seconds).toFixed(0)} MB/s`;
    const done = `${Math.floor((100 * bytesDone) / bytes)}% of ${(bytes / 1e6).toFixed(0)} MB`;
    this.file.progress.show(
      `${doing === "reading" ? "Reading" : "Checking"} ${printableLine(path)}: ${done}, ${rate}`,
      bytesDone / bytes,
    );
  };

  /** Clears the line on a terminal; the next file begins. */
  end(): void {
    if (this.file && this.out.isTTY) this.out.write("\r\x1b[K");
    this.file = undefined;
    this.startedAt = this.now();
  }
}
