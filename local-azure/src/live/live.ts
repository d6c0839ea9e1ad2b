import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { LoggedRequest, RequestLog } from "../admin/request-log";
import type { Faults } from "../faults/fault";
import type { World } from "../world/world";
import { Overview } from "./overview";
import type { LiveLine, RequestDetail, ServiceFacts } from "./shapes";
import { shownHeaders } from "./shown-headers";
import { shownRequest } from "./shown-request";
import { Watcher, type Sink } from "./watcher";

/** How often open pages are told what is new. */
const TICK_MS = 250;
/** The overview is looked at in every second tick: it costs milliseconds in a large cloud. */
const TICKS_PER_OVERVIEW = 2;
/** Requests whose headers are kept. */
const KEPT_DETAILS = 1_000;
/** Requests that a page is told of when it opens. */
const FIRST_REQUESTS = 100;
/** Open pages at the same time. */
const MOST_WATCHERS = 20;

type Detail = Pick<RequestDetail, "asked" | "answered">;

/** A reply, whose headers are collected only where somebody wants them. */
interface Answered {
  getHeaders(): Record<string, number | string | string[] | undefined>;
}

/**
 * Tells open pages what is there and what is asked. Nothing is computed or kept here while no page is open.
 */
export class Live {
  private readonly watchers = new Set<Watcher>();
  private readonly details = new Map<number, Detail>();
  private readonly overview: Overview;
  private readonly run = randomUUID();
  private timer: NodeJS.Timeout | undefined;
  private ticks = 0;

  constructor(
    private readonly world: World,
    private readonly log: RequestLog,
    faults: Faults,
  ) {
    this.overview = new Overview(world, faults);
  }

  get full(): boolean {
    return this.watchers.size >= MOST_WATCHERS;
  }

  /** Open pages, and requests whose headers are kept. */
  get size(): { watchers: number; details: number } {
    return { watchers: this.watchers.size, details: this.details.size };
  }

  /** A page has opened. @returns to be called when it has closed */
  join(sink: Sink): () => void {
    const watcher = new Watcher(sink);
    const service: ServiceFacts = {
      ...{ run: this.run, endpoint: this.world.origin, subscriptionId: this.world.state.subscriptionId },
      keptRequests: this.log.most,
    };
    sink.write(`${JSON.stringify({ type: "hello", service } satisfies LiveLine)}\n`);
    for (const request of this.log.list().slice(-FIRST_REQUESTS)) watcher.note(request);
    this.watchers.add(watcher);
    if (this.watchers.size === 1) this.overview.look();
    watcher.tell(this.overview.lines, this.tickLine());
    this.timer ??= setInterval(() => this.tick(), TICK_MS).unref();
    return () => {
      this.watchers.delete(watcher);
      if (this.watchers.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
      this.details.clear();
    };
  }

  /** Tells every open page what is new; `join` has it called four times a second. */
  tick(): void {
    this.ticks += 1;
    if (this.ticks % TICKS_PER_OVERVIEW === 0) this.overview.look();
    const line = this.tickLine();
    for (const watcher of this.watchers) watcher.tell(this.overview.lines, line);
  }

  /** A request has arrived. */
  arrived(request: LoggedRequest, headers: IncomingHttpHeaders): void {
    if (this.watchers.size === 0) return;
    this.details.set(request.number, { asked: shownHeaders(headers) });
    if (this.details.size > KEPT_DETAILS) {
      const [oldest] = this.details.keys();
      this.details.delete(oldest!);
    }
    this.note(request);
  }

  /** It was answered, or its client has left. */
  answered(request: LoggedRequest, reply: Answered): void {
    if (this.watchers.size === 0) return;
    const detail = this.details.get(request.number);
    if (detail) detail.answered = shownHeaders(reply.getHeaders());
    this.note(request);
  }

  /** Undefined when the log no longer has it. */
  detail(number: number): RequestDetail | undefined {
    const request = this.log.find(number);
    return request && { request: shownRequest(request), ...this.details.get(number) };
  }

  private note(request: LoggedRequest): void {
    for (const watcher of this.watchers) watcher.note(request);
  }

  private tickLine(): LiveLine {
    return { type: "tick", now: this.world.clock.now(), requests: this.log.total };
  }
}
