import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Azure } from "../../../azure-openai/azure";
import { SETTLE_MS } from "../../../azure-openai/settle";
import type { Context } from "../../../dynamic-providers/runtime/context";
import { fineTuningJobHandler } from "../../../dynamic-providers/fine-tuning-job/handler";
import type { FineTuningJobInputs } from "../../../dynamic-providers/fine-tuning-job/schema";
import type { JobQueue } from "../../../dynamic-providers/fine-tuning-job/submit-once";
import { Register } from "../../../dynamic-providers/runtime/register";
import { RunPlan } from "../../../dynamic-providers/runtime/run-plan";
import { LiveIds } from "../../../dynamic-providers/runtime/live-ids";
import { Verdicts } from "../../../dynamic-providers/runtime/verdicts";
import { VirtualClock } from "../../support/virtual-clock";
import { jobArgs } from "./job-args";
import { SimulatedService } from "./simulated-queue";
import { noBlobs } from "../../support/no-blobs";

// Whole provider processes (memory and handler each of its own) against one service whose lists lag as far as is allowed for.

const args = {
  ...jobArgs,
  trainingSha256: "5a".repeat(32),
  stack: "test",
} as FineTuningJobInputs;

/** From when a job costs money. */
const QUEUE_MS = 25_000;

class Process {
  private killed = false;
  readonly handler;

  constructor(clock: VirtualClock, queue: JobQueue) {
    // What a killed process has sent is on its way; it neither sends more nor hears an answer.
    const mortal =
      <Args extends unknown[], T>(request: (...args: Args) => Promise<T>) =>
      async (...given: Args): Promise<T> => {
        if (this.killed) return new Promise(() => undefined);
        const answer = await request(...given);
        return this.killed ? new Promise(() => undefined) : answer;
      };
    const jobs = {
      list: mortal(() => queue.list()),
      create: mortal(() => queue.create()),
      cancel: mortal((id: string) => queue.cancel(id)),
    };
    // The service states neither its limits nor its time: the clock is the same for all here.
    const accounts = () => ({ get: mortal(() => Promise.resolve({ properties: {} })) });
    const dataPlane = () => Promise.resolve({ jobs, time: { now: () => undefined } });
    this.handler = fineTuningJobHandler({
      clock,
      print: () => undefined,
      status: () => undefined,
      liveIds: new LiveIds(),
      plan: new RunPlan(() => undefined),
      verdicts: new Verdicts(),
      ownDeployments: new Set(),
      register: new Register(),
      leftBehind: [],
      kept: [],
      stopIfOrphaned: () => Promise.resolve(),
      configure: () => undefined,
      blobs: noBlobs,
      azure: () => Promise.resolve({ accounts, dataPlane } as unknown as Azure),
    } satisfies Context);
  }

  async create(): Promise<string> {
    const { inputs } = await this.handler.check(args, args);
    return (await this.handler.create(inputs)).id;
  }

  kill(): void {
    this.killed = true;
  }
}

interface World {
  clock: VirtualClock;
  service: SimulatedService;
  start: () => Process;
}

async function world(seed: number): Promise<World> {
  const clock = new VirtualClock();
  const anyone = new Process(clock, {} as JobQueue);
  const { inputs } = await anyone.handler.check(args, args);
  const circumstances = { random: seeded(seed), lag: SETTLE_MS, latency: 800, queue: QUEUE_MS };
  const service = new SimulatedService(clock, circumstances, inputs.suffix);
  return { clock, service, start: () => new Process(clock, service.queue()) };
}

describe("two provider processes with equal inputs", () => {
  it("return the one job that ever runs, in 200 interleavings", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 0, max: 8_000 }), async (seed, apart) => {
        const { clock, service, start } = await world(seed);
        const second = () => clock.sleep(apart).then(() => start().create());
        const ids = await clock.run(Promise.all([start().create(), second()]));
        await clock.run(clock.sleep(2 * QUEUE_MS));
        expect(ids[0]).toBe(ids[1]);
        expect(service.paid()).toEqual([ids[0]]);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("pay for one job when the first is killed at any moment and the second starts at once, in 200 interleavings", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 0, max: 9_000 }), async (seed, lifetime) => {
        const { clock, service, start } = await world(seed);
        const first = start();
        void first.create();
        await clock.run(clock.sleep(lifetime));
        first.kill();
        const id = await clock.run(start().create());
        await clock.run(clock.sleep(2 * QUEUE_MS));
        expect(service.paid()).toEqual([id]);
      }),
      { numRuns: 200, seed: 2 },
    );
  });
});

/** mulberry32: small, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
