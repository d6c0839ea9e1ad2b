import { ticks, type Clock } from "./clock";

/**
 * What time it is for the service, by the `Date` of its last answer. Times that the service gives (created_at, deletionDate, expires_at)
 * are compared with this, and never with this machine's time, which may be off by hours.
 */
export class ServiceTime {
  private heard: { date: number; at: number } | undefined;

  constructor(private readonly clock: Clock) {}

  /** @param date - an answer's `Date` header */
  note(date: string | null | undefined): void {
    const time = Date.parse(date ?? "");
    if (Number.isFinite(time)) this.heard = { date: time, at: ticks(this.clock) };
  }

  /** Unix milliseconds; `undefined` before the service has answered with its time. Whole seconds behind by at most one. */
  now(): number | undefined {
    return this.heard && this.heard.date + (ticks(this.clock) - this.heard.at);
  }
}
