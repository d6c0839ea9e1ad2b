import { expect, it } from "@jest/globals";
import { Bill } from "../../../commands/chat/bill";

const rate = { input: 2.2, cachedInput: 0.55, output: 8.8 };

it("adds tokens and price up, cached ones at their own rate", () => {
  const bill = new Bill(rate);
  bill.add({ prompt: 1000, cached: 0, completion: 100 });
  bill.add({ prompt: 1000, cached: 800, completion: 0 });
  expect(bill.text()).toBe("2 answers: 2,000 tokens in, 100 out, about $0.004.");
});

it("says what it doesn't know", () => {
  const bill = new Bill();
  bill.add({ prompt: 10, cached: 0, completion: 5 });
  bill.add(undefined);
  expect(bill.text()).toBe("2 answers: 10 tokens in, 5 out; the service sent no token count for 1 of them.");
  const small = new Bill(rate);
  small.add({ prompt: 10, cached: 0, completion: 1 });
  expect(small.text()).toBe("1 answer: 10 tokens in, 1 out, less than $0.0001.");
});
