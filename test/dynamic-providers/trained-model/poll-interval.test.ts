import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { pollInterval, type Estimate } from "../../../dynamic-providers/trained-model/poll-interval";

const HOUR = 3_600_000;

/** Looks until the end of a job. */
function simulate(
  duration: number,
  estimate: (elapsed: number) => Estimate | undefined,
): { looks: number; late: number } {
  let looks = 0;
  for (let elapsed = 0; ; elapsed += pollInterval(elapsed, estimate(elapsed))) {
    looks++;
    if (elapsed >= duration) return { looks, late: elapsed - duration };
  }
}

const none = () => undefined;

describe("pollInterval", () => {
  it.each([1, 10, 60, 200])("notices the end of a job of %d s within two seconds", (seconds) => {
    expect(simulate(seconds * 1000, none).late).toBeLessThanOrEqual(2_000);
  });

  it("looks at a job of ten hours under 1,600 times, and notices its end within ten seconds", () => {
    const estimate = (elapsed: number): Estimate => ({ remaining: 9 * HOUR - elapsed, from: "steps" });
    for (const duration of [9 * HOUR, 9.5 * HOUR, 10 * HOUR]) {
      const { looks, late } = simulate(duration, estimate);
      expect(looks).toBeLessThan(1_600);
      expect(late).toBeLessThanOrEqual(10_000);
    }
  });

  it("notices the end within ten seconds when the evaluation takes as long as the training", () => {
    const estimate = (elapsed: number): Estimate => ({ remaining: 5 * HOUR - elapsed, from: "steps" });
    const { looks, late } = simulate(10 * HOUR, estimate);
    expect(looks).toBeLessThan(2_600);
    expect(late).toBeLessThanOrEqual(10_000);
  });

  it("looks under 2,000 times and is at most 30 s late without an estimate, or with a wrong one", () => {
    const wrong: ((elapsed: number) => Estimate | undefined)[] = [
      none,
      (elapsed) => ({ remaining: 700 * HOUR - elapsed, from: "service" }),
      (elapsed) => ({ remaining: HOUR - elapsed, from: "steps" }),
    ];
    for (const estimate of wrong) {
      const { looks, late } = simulate(10 * HOUR, estimate);
      expect(looks).toBeLessThan(2_000);
      expect(late).toBeLessThanOrEqual(30_000);
    }
  });

  it("is always between one second and one minute", () => {
    const estimate = fc.option(
      fc.record({
        remaining: fc.integer({ min: -1000 * HOUR, max: 1000 * HOUR }),
        from: fc.constantFrom("steps" as const, "service" as const),
      }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(fc.nat(1000 * HOUR), estimate, (elapsed, guess) => {
        const delay = pollInterval(elapsed, guess);
        expect(delay).toBeGreaterThanOrEqual(1_000);
        expect(delay).toBeLessThanOrEqual(60_000);
      }),
    );
  });

  it("grows with the age of the job while nothing is known of its end", () => {
    fc.assert(
      fc.property(fc.nat(20 * HOUR), fc.nat(HOUR), (elapsed, more) => {
        expect(pollInterval(elapsed + more, undefined)).toBeGreaterThanOrEqual(pollInterval(elapsed, undefined));
      }),
    );
  });
});
