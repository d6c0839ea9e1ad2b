import { expect, it } from "@jest/globals";
import { ServiceTime } from "../../azure-openai/service-time";
import { ticks, type Clock } from "../../azure-openai/clock";
import { TokenSource } from "../../azure-openai/token-source";
import { readSettings } from "../../azure-openai/settings";

/** A machine whose time of day somebody sets. */
class SetClock implements Clock {
  offset = 0;
  private passed = 1_000;

  now(): number {
    return Date.UTC(2026, 0, 1) + this.offset + this.passed;
  }

  monotonic(): number {
    return this.passed;
  }

  sleep(milliseconds: number): Promise<void> {
    this.passed += milliseconds;
    return Promise.resolve();
  }
}

it("is the service's, whatever this machine's clock says", async () => {
  const clock = new SetClock();
  const time = new ServiceTime(clock);
  expect(time.now()).toBeUndefined();
  time.note("Sun, 22 Nov 2026 12:00:00 GMT");
  clock.offset = -400 * 24 * 3_600_000;
  await clock.sleep(5_000);
  expect(time.now()).toBe(Date.UTC(2026, 10, 22, 12, 0, 5));
  for (const nothing of [null, undefined, "", "soon"]) time.note(nothing);
  expect(time.now()).toBe(Date.UTC(2026, 10, 22, 12, 0, 5));
});

it("counts durations on an even scale where there is one", async () => {
  const clock = new SetClock();
  const before = ticks(clock);
  clock.offset = 3_600_000;
  await clock.sleep(10);
  expect(ticks(clock) - before).toBe(10);
  expect(ticks({ now: () => 7, sleep: () => Promise.resolve() })).toBe(7);
});

it.each([3_600_000, -3_600_000, -365 * 24 * 3_600_000])(
  "hands out a token for as long as it lasts, also when the clock is set by %i ms meanwhile",
  async (step) => {
    const clock = new SetClock();
    let signIns = 0;
    const credential = {
      getToken: () => Promise.resolve({ token: `t${++signIns}`, expiresOnTimestamp: clock.now() + 3_600_000 }),
    };
    const settings = readSettings({ get: () => undefined }, {});
    const source = new TokenSource(
      () => credential,
      settings,
      "https://login.example",
      () => false,
      clock,
    );
    await source.getToken("scope");
    clock.offset = step;
    await clock.sleep(50 * 60_000);
    expect((await source.getToken("scope")).token).toBe("t1");
    await clock.sleep(6 * 60_000);
    expect((await source.getToken("scope")).token).toBe("t2");
  },
);
