import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { Pace } from "../../../evaluation/running/pace";
import { VirtualClock } from "../../support/virtual-clock";

/** A deployment that takes so many requests in any second, and refuses the others. */
class Deployment {
  private moments: number[] = [];
  atOnce = 0;
  most = 0;
  refused = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly perSecond: number,
    private readonly tellsWhen: boolean,
  ) {}

  async ask(pace: Pace): Promise<void> {
    for (;;) {
      const entered = await pace.enter();
      this.most = Math.max(this.most, ++this.atOnce);
      await this.clock.sleep(50);
      this.atOnce--;
      const now = this.clock.now();
      this.moments = this.moments.filter((moment) => moment > now - 1000);
      if (this.moments.length < this.perSecond) {
        this.moments.push(now);
        pace.answered();
        pace.leave();
        return;
      }
      this.refused++;
      pace.refused(entered, this.tellsWhen ? this.moments[0]! + 1000 - now : undefined);
      pace.leave();
    }
  }
}

it("answers everything, never more at a time than allowed, at a rate near what the deployment takes", async () => {
  const run = fc.asyncProperty(
    fc.record({
      most: fc.integer({ min: 1, max: 64 }),
      perSecond: fc.integer({ min: 1, max: 50 }),
      tells: fc.boolean(),
    }),
    async ({ most, perSecond, tells }) => {
      const clock = new VirtualClock();
      const deployment = new Deployment(clock, perSecond, tells);
      const pace = new Pace(clock, most);
      const started = clock.now();
      await clock.run(Promise.all(Array.from({ length: 60 }, () => deployment.ask(pace))));
      expect(deployment.most).toBeLessThanOrEqual(most);
      const alone = (60 / Math.min(perSecond, 20 * most)) * 1000;
      // Pauses of up to 20 s where the service names none.
      expect(clock.now() - started).toBeLessThan(tells ? 3 * alone + 5_000 : 25 * alone + 60_000);
    },
  );
  await fc.assert(run, { numRuns: 40 });
});

it("sends nothing before the time that a refusal names", async () => {
  const clock = new VirtualClock();
  const pace = new Pace(clock, 8);
  const entered = await pace.enter();
  expect(pace.refused(entered, 7_000)).toBe(0);
  pace.leave();
  const before = clock.now();
  await clock.run(pace.enter());
  expect(clock.now() - before).toBe(7_000);
});

it("says for how long nothing was answered", async () => {
  const clock = new VirtualClock();
  const pace = new Pace(clock, 1);
  for (const since of [0, 60_000, 120_000]) {
    const entered = await clock.run(pace.enter());
    expect(pace.refused(entered, 60_000)).toBe(since);
    pace.leave();
  }
  const entered = await clock.run(pace.enter());
  pace.answered();
  expect(pace.refused(entered, 1)).toBe(0);
});
