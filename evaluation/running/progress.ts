import { ticks, type Clock } from "../../azure-openai/clock";
import type { Askers } from "./askers";
import type { KeptAnswer } from "./journal";
import type { RunProgress } from "./run-progress";

/** Counts graded answers. */
export class ProgressCount {
  private readonly startedAt: number;
  private done = 0;

  constructor(
    private readonly total: number,
    private readonly askers: Pick<Askers, "spentUsd" | "priced">,
    private readonly clock: Clock,
    private readonly tell?: (progress: RunProgress) => void,
  ) {
    this.startedAt = ticks(clock);
  }

  count(_: KeptAnswer): void {
    const { total, askers } = this;
    const done = ++this.done;
    if (!this.tell) return;
    const elapsed = Math.max(1, ticks(this.clock) - this.startedAt);
    const leftMs = ((total - done) * elapsed) / done;
    this.tell({
      done,
      total,
      perSecond: (1000 * done) / elapsed,
      leftMs,
      usd: askers.priced ? askers.spentUsd : undefined,
    });
  }
}
