import type { Clock } from "../../azure-openai/clock";

/** A clock that jumps to the next sleeper when nobody runs: hours pass at once, and always in the same order. */
export class VirtualClock implements Clock {
  private sleepers: { at: number; order: number; wake: () => void }[] = [];
  private order = 0;

  constructor(private time = Date.UTC(2026, 10, 22, 12)) {}

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ at: this.time + Math.max(0, milliseconds), order: this.order++, wake });
    });
  }

  /** Runs until the task has ended. @throws Error when it waits for something that no sleeper can bring about */
  async run<T>(task: Promise<T>): Promise<T> {
    let ended = false;
    const end = () => (ended = true);
    task.then(end, end);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (ended) return task;
      this.sleepers.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.sleepers.shift();
      if (!next) throw new Error("Nobody sleeps, and the task has not ended.");
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
  }
}
