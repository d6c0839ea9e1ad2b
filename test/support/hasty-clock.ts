import type { Clock } from "../../azure-openai/clock";

/** A clock for one task that talks to a server: whoever sleeps moves it, and hours pass at once. */
export class HastyClock implements Clock {
  constructor(private time = Date.UTC(2026, 10, 22, 12)) {}

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.time += Math.max(0, milliseconds);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
