import { AzureError } from "../http/azure-error";

/** What happens to a request. */
export type FaultAction =
  /** The connection ends before or after the service has handled the request. */
  | { kind: "drop"; when: "before" | "after" }
  /** The request or its answer waits. */
  | { kind: "delay"; when: "before" | "after"; ms: number }
  /**
   * The request or its answer waits until the faults are cleared: time to kill the client at that very moment. A client that is
   * gone by then has sent nothing (`before`) or never hears the answer (`after`).
   */
  | { kind: "hold"; when: "before" | "after" }
  /** Another answer, without handling the request. */
  | {
      kind: "answer";
      status: number;
      code?: string;
      message?: string;
      retryAfterSeconds?: number;
      retryAfterMs?: number;
    }
  /**
   * A well-formed answer that is not Azure's, as gateways, firewalls and proxies give it: `before`, the service never sees the request;
   * `after`, it has handled it and its own answer is lost.
   */
  | { kind: "reply"; when: "before" | "after"; status: number; contentType: string; body: string }
  /** From here on every request to this path gets this list page, which says that there are more. */
  | { kind: "repeat-page" }
  /** Handled, but the answer's body ends in the middle. */
  | { kind: "truncate" }
  /** The connection ends after so many bytes of the request's body. */
  | { kind: "reset-upload"; afterBytes: number };

/** A fault as a test asks for it. */
export interface FaultRequest {
  /** Regular expression over `METHOD /path`, case-insensitive. Default: every request. */
  match?: string;
  /** Which of the matching requests from now on, counted from 1. Default 1. */
  nth?: number;
  /** How many in a row from there. Default 1. */
  times?: number;
  action: FaultAction;
}

export interface Fault extends Required<FaultRequest> {
  id: number;
  /** Matching requests so far. */
  seen: number;
  /** How often it has happened. */
  fired: number;
  /** `METHOD /path` at which it happened first. */
  firedAt?: string;
}

const KINDS: FaultAction["kind"][] = [
  "drop",
  "delay",
  "hold",
  "answer",
  "reply",
  "repeat-page",
  "truncate",
  "reset-upload",
];
/** Those that happen before or after the handling. */
const TIMED: FaultAction["kind"][] = ["drop", "delay", "hold", "reply"];

/** The faults that are set, in the order in which they were. */
export class Faults {
  private list: Fault[] = [];
  private count = 0;
  private held: (() => void)[] = [];

  /** @throws AzureError 400 naming what is wrong */
  add({ match = "", nth = 1, times = 1, action }: FaultRequest): Fault {
    if (!KINDS.includes(action?.kind))
      throw new AzureError(400, "InvalidFault", `action.kind must be one of ${KINDS.join(", ")}.`);
    if (TIMED.includes(action.kind) && !("when" in action && ["before", "after"].includes(action.when)))
      throw new AzureError(400, "InvalidFault", `action.when must be before or after.`);
    try {
      new RegExp(match);
    } catch (error) {
      throw new AzureError(400, "InvalidFault", `match is not a regular expression: ${(error as Error).message}`);
    }
    this.count += 1;
    const fault: Fault = { id: this.count, match, nth, times, action, seen: 0, fired: 0 };
    this.list.push(fault);
    return fault;
  }

  all(): readonly Fault[] {
    return this.list;
  }

  /** Clears all faults and releases the requests that are held. */
  clear(): void {
    this.list = [];
    this.held.splice(0).forEach((release) => release());
  }

  /** Ends with the next `clear`. */
  hold(): Promise<void> {
    return new Promise((release) => this.held.push(release));
  }

  /** What happens to this request; every matching fault counts it. */
  actionsFor(method: string, path: string): FaultAction[] {
    const actions: FaultAction[] = [];
    for (const fault of this.list) {
      if (new RegExp(fault.match, "i").test(`${method} ${path}`)) {
        fault.seen += 1;
        const due = fault.seen >= fault.nth && fault.seen < fault.nth + fault.times;
        const again = fault.action.kind === "repeat-page" && fault.firedAt === `${method} ${path}`;
        if (due || again) {
          fault.fired += 1;
          fault.firedAt ??= `${method} ${path}`;
          actions.push(fault.action);
        }
      }
    }
    return actions;
  }
}
