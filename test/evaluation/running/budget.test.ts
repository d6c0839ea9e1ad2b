import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { Budget, LimitReached } from "../../../evaluation/running/budget";

it("is never passed, whatever is under way, and is used up to one request", async () => {
  const request = fc.record({
    most: fc.double({ min: 0.001, max: 1, noNaN: true }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const run = fc.asyncProperty(
    fc.array(request, { minLength: 1, maxLength: 40 }),
    fc.double({ min: 0.001, max: 10, noNaN: true }),
    async (requests, limit) => {
      const budget = new Budget(limit);
      const refused: number[] = [];
      await Promise.all(
        requests.map(async ({ most, share }, index) => {
          try {
            await budget.reserve(most);
          } catch (error) {
            if (!(error instanceof LimitReached)) throw error;
            refused.push(most);
            return;
          }
          for (let turn = 0; turn < index % 5; turn++) await Promise.resolve();
          budget.book(most, share * most);
          expect(budget.spent).toBeLessThanOrEqual(limit + 1e-9);
        }),
      );
      for (const most of refused)
        expect(budget.spent + most).toBeGreaterThan(limit - 1e-9 - Math.max(...requests.map((one) => one.most)));
    },
  );
  await fc.assert(run);
});

it("says what was spent, the limit, and what to do", async () => {
  const budget = new Budget(1.5);
  await budget.reserve(1);
  budget.book(1, 0.75);
  await expect(budget.reserve(1)).rejects.toThrow(
    "The next answer could exceed the spending limit of $1.50; $0.75 has been spent. The answers so far are saved. Raise the limit and run again to continue.",
  );
});

it("has no limit where none is set", async () => {
  const budget = new Budget();
  await budget.reserve(1e9);
  budget.book(1e9, 5);
  expect(budget.spent).toBe(5);
});
