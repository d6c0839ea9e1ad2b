import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { backoffDelay } from "../../azure-openai/backoff";
import { pollDelay } from "../../azure-openai/poll-plan";

const backoff = fc.record({ first: fc.integer({ min: 1, max: 10_000 }), cap: fc.integer({ min: 1, max: 100_000 }) });

it("backoff grows, is capped, and is never shorter than what the service asks for", () => {
  fc.assert(
    fc.property(backoff, fc.nat(200), fc.nat(1_000_000), (plan, attempt, retryAfter) => {
      expect(backoffDelay(plan, attempt + 1)).toBeGreaterThanOrEqual(backoffDelay(plan, attempt));
      expect(backoffDelay(plan, attempt)).toBeLessThanOrEqual(plan.cap);
      expect(backoffDelay(plan, attempt, retryAfter)).toBeGreaterThanOrEqual(retryAfter);
      expect(Number.isFinite(backoffDelay(plan, attempt * 1e9))).toBe(true);
    }),
  );
});

it("poll delays grow between their bounds", () => {
  const plan = { first: 500, share: 0.05, cap: 5_000 };
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (elapsed, more) => {
      const delay = pollDelay(plan, elapsed);
      expect(delay).toBeGreaterThanOrEqual(plan.first);
      expect(delay).toBeLessThanOrEqual(plan.cap);
      expect(pollDelay(plan, elapsed + more)).toBeGreaterThanOrEqual(delay);
    }),
  );
});
