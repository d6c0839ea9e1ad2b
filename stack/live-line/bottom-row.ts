import { spawnSync } from "node:child_process";
import { type Guard, startGuard } from "./guard";

interface Size {
  columns: number;
  rows: number;
}

/** The terminal that a bottom row is drawn on: Node's `process.stdout`. */
export interface Screen extends Size {
  write(text: string): unknown;
  on(event: "resize", listener: () => void): unknown;
  off(event: "resize", listener: () => void): unknown;
}

/** The terminal's settings in the kernel, which every program on it shares. */
export interface TerminalSettings {
  /** The settings as a text that `restore` takes; undefined where they can't be read. */
  save(): string | undefined;
  /** Tells every program on the terminal how many rows there are. @returns whether that worked */
  setRows(rows: number): boolean;
  restore(saved: string): void;
  /** As the kernel has it now; undefined where it can't be read. */
  size(): Size | undefined;
  /** What restores them if this process is killed. */
  guard(saved: string): Guard;
}

/** Below this a row is worth more to pulumi's table than to us. */
const LEAST_ROWS = 8;
const LEAST_COLUMNS = 20;

const SAVE_CURSOR = "\x1b7";
const RESTORE_CURSOR = "\x1b8";

/**
 * The last row of a terminal, kept for one line of our own while another program draws above it.
 *
 * As apt does: only the rows above scroll (DECSTBM), and the kernel is told that the terminal has one row fewer, so
 * the program above does not use the last one. Each line is one write, which leaves cursor and colours as they were, and so may
 * come between any two writes of the other program.
 */
export class BottomRow {
  private columns: number;
  private rows: number;
  private reserved = false;
  private shown = "";
  private readonly guard: Guard;

  private constructor(
    private readonly screen: Screen,
    private readonly settings: TerminalSettings,
    private readonly saved: string,
    { columns, rows }: Size,
  ) {
    this.columns = columns;
    this.rows = rows;
    this.guard = settings.guard(saved);
  }

  /** @returns undefined where the terminal is too small, or where its settings can't be changed */
  static open(screen: Screen, settings: TerminalSettings = stty): BottomRow | undefined {
    // Not Node's figures: right after another row was given back they are still those without it.
    const size = settings.size() ?? screen;
    if (!isLargeEnough(size)) return undefined;
    const saved = settings.save();
    if (saved === undefined) return undefined;
    const row = new BottomRow(screen, settings, saved, size);
    if (!row.reserve()) {
      row.guard.done();
      return undefined;
    }
    screen.on("resize", row.onResize);
    process.once("exit", row.close);
    return row;
  }

  /** Columns of the line. */
  get width(): number {
    return this.columns;
  }

  /** Names the program above, which is interrupted if this process is killed. */
  drawnOverBy(process: number): void {
    this.guard.pulumi(process);
  }

  /** @param line - printable text, or with colours; what is too long is cut by the terminal */
  draw(line: string): void {
    if (line === this.shown) return;
    this.shown = line;
    this.redraw();
  }

  /** Gives the row back, and leaves the terminal as it was found, whatever the other program left behind. */
  readonly close = (): void => {
    this.screen.off("resize", this.onResize);
    process.off("exit", this.close);
    // A program that was killed leaves a terminal without echo and without cursor.
    this.settings.restore(this.saved);
    if (this.reserved) this.settings.setRows(this.rows);
    this.screen.write(`${this.reserved ? this.release() : ""}\x1b[?25h`);
    this.reserved = false;
    this.guard.done();
  };

  private readonly onResize = (): void => {
    const { columns, rows } = this.screen;
    // The kernel also reports the size that was set here. A window that loses exactly one row reads the same, and is not reported at all:
    // the line then covers the last row of the table until the next change of size.
    if (this.reserved && rows === this.rows - 1 && columns === this.columns) return;
    // A terminal that gets narrower wraps the line, below the cursor of the program above.
    if (this.reserved) this.screen.write(`${SAVE_CURSOR}\x1b[J${RESTORE_CURSOR}${this.release()}`);
    this.reserved = false;
    this.guard.rows(0);
    Object.assign(this, { columns, rows });
    if (isLargeEnough({ columns, rows }) && this.reserve()) this.redraw();
  };

  private reserve(): boolean {
    // Before the change, which may be reported immediately.
    this.reserved = true;
    this.guard.rows(this.rows);
    this.reserved = this.settings.setRows(this.rows - 1);
    if (!this.reserved) this.guard.rows(0);
    // Down and up again: where the cursor is in the last row, all scrolls up by one.
    if (this.reserved) this.screen.write(`\x1bD\x1b[A${SAVE_CURSOR}\x1b[1;${this.rows - 1}r${RESTORE_CURSOR}`);
    return this.reserved;
  }

  /** Clears the row; the whole screen scrolls again. */
  private release(): string {
    return `${SAVE_CURSOR}\x1b[${this.rows};1H\x1b[2K\x1b[r${RESTORE_CURSOR}`;
  }

  private redraw(): void {
    if (!this.reserved) return;
    // Without the wrap at the right edge (DECAWM), whatever the terminal takes for the width of a character.
    const line = `\x1b[${this.rows};1H\x1b[0m\x1b[2K\x1b[?7l${this.shown}\x1b[?7h`;
    this.screen.write(`${SAVE_CURSOR}${line}${RESTORE_CURSOR}`);
  }
}

function isLargeEnough({ columns, rows }: Size): boolean {
  return rows >= LEAST_ROWS && columns >= LEAST_COLUMNS;
}

/** `stty`, which Linux and macOS have; it works on the terminal that is its stdin. */
export const stty: TerminalSettings = {
  save: () => runStty("-g"),
  setRows: (rows) => runStty("rows", String(rows)) !== undefined,
  restore: (saved) => void runStty(saved),
  size: () => {
    const [rows, columns] = (runStty("size") ?? "").split(" ").map(Number);
    return rows && columns ? { columns, rows } : undefined;
  },
  guard: startGuard,
};

function runStty(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync("stty", args, { stdio: ["inherit", "pipe", "ignore"], encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
