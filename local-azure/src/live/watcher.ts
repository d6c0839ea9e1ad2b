import type { LoggedRequest } from "../admin/request-log";
import { shownRequest } from "./shown-request";
import type { LiveLine } from "./shapes";

/** Where a watcher's lines go: the answer to its request. */
export interface Sink {
  write(text: string): boolean;
  /** More has been written than the client has taken. */
  readonly writableNeedDrain: boolean;
}

/** Requests that one line brings at most: of thousands in a quarter of a second nobody reads more. */
const MOST_REQUESTS = 100;

/**
 * One open page. What it has not been told is kept as the newest requests and the versions of sections, so a client that takes nothing makes nothing
 * grow: it is told less.
 */
export class Watcher {
  private readonly waiting = new Map<number, LoggedRequest>();
  private skipped = 0;
  private readonly told = new Map<string, string>();

  constructor(private readonly sink: Sink) {}

  /** A request arrived or was answered. */
  note(request: LoggedRequest): void {
    this.waiting.delete(request.number);
    this.waiting.set(request.number, request);
    if (this.waiting.size <= MOST_REQUESTS) return;
    const [oldest] = this.waiting.keys();
    this.waiting.delete(oldest!);
    this.skipped += 1;
  }

  /** Sends what is new, unless the client has not yet taken what it was sent. */
  tell(sections: ReadonlyMap<string, string>, tick: LiveLine): void {
    if (this.sink.writableNeedDrain) return;
    const lines: string[] = [];
    for (const [name, line] of sections) {
      if (this.told.get(name) === line) continue;
      this.told.set(name, line);
      lines.push(line);
    }
    if (this.waiting.size > 0) lines.push(JSON.stringify(this.requests()));
    lines.push(JSON.stringify(tick));
    this.sink.write(`${lines.join("\n")}\n`);
  }

  private requests(): LiveLine {
    const requests = [...this.waiting.values()].sort((a, b) => a.number - b.number).map(shownRequest);
    const { skipped } = this;
    this.waiting.clear();
    this.skipped = 0;
    return { type: "requests", requests, skipped };
  }
}
