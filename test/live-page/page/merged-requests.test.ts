import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { merged, mostRequests } from "../../../live-page/page/merged-requests";

const request = (number: number, status = 0) => ({
  ...{ number, status, method: "GET", path: "/", at: number, id: String(number) },
});

it("knows each request once, in its newest state, newest first, and forgets the oldest", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 100 })), (batches) => {
      let known: ReturnType<typeof merged> = [];
      batches.forEach((numbers, batch) => {
        const news = [...new Set(numbers)].sort((a, b) => a - b).map((number) => request(number, batch));
        known = merged(known, news);
        const shown = known.map(({ number }) => number);
        expect(shown).toEqual([...new Set(shown)].sort((a, b) => b - a));
        expect(known.length).toBeLessThanOrEqual(mostRequests);
        const lowest = known.at(-1)?.number ?? 0;
        for (const one of news.filter(({ number }) => number >= lowest))
          expect(known.find(({ number }) => number === one.number)!.status).toBe(batch);
      });
    }),
  );
});
