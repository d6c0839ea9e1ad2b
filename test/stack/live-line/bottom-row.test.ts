import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { BottomRow, type Screen, type TerminalSettings } from "../../../stack/live-line/bottom-row";

/** A terminal whose kernel reports each change of size, as SIGWINCH does. */
class FakeTerminal extends EventEmitter implements Screen, TerminalSettings {
  written = "";
  calls: string[] = [];
  refuses = false;
  /** Whether a change of size is reported later, as to a process that is in the middle of something. */
  late = false;
  private kernelRows: number | undefined;

  constructor(
    public columns = 80,
    public rows = 24,
  ) {
    super();
  }

  write(text: string): void {
    this.written += text;
  }

  /** What was written since the last call. */
  take(): string {
    const text = this.written;
    this.written = "";
    return text;
  }

  save(): string | undefined {
    return this.refuses ? undefined : "500:5:bf";
  }

  setRows(rows: number): boolean {
    this.calls.push(`rows ${rows}`);
    this.kernelRows = rows;
    if (!this.late) this.resize(this.columns, rows);
    return true;
  }

  size(): { columns: number; rows: number } | undefined {
    return { columns: this.columns, rows: this.kernelRows ?? this.rows };
  }

  /** What was held back. */
  report(): void {
    this.resize(this.columns, this.kernelRows ?? this.rows);
  }

  restore(saved: string): void {
    this.calls.push(`restore ${saved}`);
  }

  /** What the guard was told. */
  guarded: (string | number)[] = [];
  guard() {
    return {
      rows: (count: number) => void this.guarded.push(count),
      pulumi: (process: number) => void this.guarded.push(`pulumi ${process}`),
      done: () => void this.guarded.push("done"),
    };
  }

  /** The kernel reports nothing where nothing changed. */
  resize(columns: number, rows: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.kernelRows = rows;
    Object.assign(this, { columns, rows });
    this.emit("resize");
  }
}

let terminal: FakeTerminal;
let row: BottomRow | undefined;
beforeEach(() => {
  terminal = new FakeTerminal();
});
afterEach(() => row?.close());
const open = () => (row = BottomRow.open(terminal, terminal));

const RESERVED = "\x1bD\x1b[A\x1b7\x1b[1;23r\x1b8";
const drawn = (text: string, at = 24) => `\x1b7\x1b[${at};1H\x1b[0m\x1b[2K\x1b[?7l${text}\x1b[?7h\x1b8`;
const RELEASED = "\x1b7\x1b[24;1H\x1b[2K\x1b[r\x1b8";

describe("the last row", () => {
  it("is taken from the program above, drawn, and given back", () => {
    open();
    expect(terminal.take()).toBe(RESERVED);
    expect(terminal.calls).toEqual(["rows 23"]);
    row!.draw("49%");
    expect(terminal.take()).toBe(drawn("49%"));
    row!.close();
    expect(terminal.take()).toBe(`${RELEASED}\x1b[?25h`);
    expect(terminal.calls.slice(1)).toEqual(["restore 500:5:bf", "rows 24"]);
    expect(terminal.listenerCount("resize")).toBe(0);
  });

  it("is taken and given back once more by a second program that starts before the first change of size is reported", () => {
    open();
    terminal.late = true;
    row!.close();
    open();
    row!.draw("1%");
    terminal.report();
    row!.close();
    expect(terminal.calls.filter((call) => call.startsWith("rows"))).toEqual([
      "rows 23",
      "rows 24",
      "rows 23",
      "rows 24",
    ]);
    expect(terminal.take()).toContain(drawn("1%"));
  });

  it("is known to the guard at every moment, so that a killed command leaves no row behind", () => {
    open();
    row!.drawnOverBy(4711);
    terminal.resize(100, 40);
    terminal.resize(100, 5);
    terminal.resize(100, 30);
    expect(terminal.guarded).toEqual([24, "pulumi 4711", 0, 40, 0, 0, 30]);
    row!.close();
    expect(terminal.guarded.at(-1)).toBe("done");
  });

  it("is drawn again only when its text changes", () => {
    open();
    terminal.take();
    row!.draw("1%");
    row!.draw("1%");
    row!.draw("2%");
    expect(terminal.take()).toBe(drawn("1%") + drawn("2%"));
  });

  it("is given back when the process ends in between", () => {
    const before = process.listenerCount("exit");
    open();
    expect(process.listenerCount("exit")).toBe(before + 1);
    process.listeners("exit").at(-1)!.call(process, 0);
    expect(terminal.calls).toContain("rows 24");
    expect(process.listenerCount("exit")).toBe(before);
  });

  it.each([
    ["low", 80, 7],
    ["narrow", 19, 24],
  ])("stays the program's where the terminal is too %s", (_what, columns, rows) => {
    terminal = new FakeTerminal(columns, rows);
    expect(open()).toBeUndefined();
    expect([terminal.written, terminal.calls]).toEqual(["", []]);
  });

  it("stays the program's where the terminal's settings can't be read", () => {
    terminal.refuses = true;
    expect(open()).toBeUndefined();
    expect(terminal.written).toBe("");
  });
});

describe("a window that changes its size", () => {
  it.each([
    ["grows", 100, 40],
    ["shrinks", 60, 16],
    ["gets wider alone", 120, 24],
    ["gets wider and one row lower, as if we had set it", 120, 23],
  ])("%s: the row moves with it", (_what, columns, rows) => {
    open();
    row!.draw("49%");
    terminal.take();
    terminal.calls = [];
    terminal.resize(columns, rows);
    expect(terminal.calls).toEqual([`rows ${rows - 1}`]);
    expect(terminal.take()).toBe(
      `\x1b7\x1b[J\x1b8${RELEASED}\x1bD\x1b[A\x1b7\x1b[1;${rows - 1}r\x1b8${drawn("49%", rows)}`,
    );
    expect(row!.width).toBe(columns);
    row!.close();
    expect(terminal.calls.at(-1)).toBe(`rows ${rows}`);
  });

  it("too small for a while: the row is given up, and taken again", () => {
    open();
    row!.draw("49%");
    terminal.resize(80, 5);
    terminal.take();
    row!.draw("50%");
    expect(terminal.take()).toBe("");
    terminal.resize(80, 24);
    expect(terminal.take()).toBe(RESERVED + drawn("50%"));
  });
});
