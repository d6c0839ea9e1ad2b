import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Checkout } from "./checkout";
import { deployed } from "./settings/deployed";
import { previewThenUp } from "./settings/expect-same";

// Fields of the job's request without a setting, through the real CLI: what a preview says is what `up` does, and values are nobody's business.
jest.setTimeout(300_000);

let checkout: Checkout;
beforeAll(async () => {
  checkout = await deployed();
});
afterAll(() => checkout.close());

const rank = (value: number) => ({ method: { supervised: { hyperparameters: { lora_rank: value } } } });

it("an empty job.extraBody is no change", async () => {
  checkout.configure({ "job.extraBody": { method: {} } });
  const { said } = await previewThenUp(checkout);
  expect([said.verdict, said.plan]).toEqual(["none", [expect.stringMatching(/^Trains nothing/)]]);
});

it("job.extraBody: a field that comes trains again, named by its path alone", async () => {
  checkout.configure({ "job.extraBody": rank(4711) });
  const { said } = await previewThenUp(checkout);
  expect(said.verdict).toBe("retrains");
  expect(said.plan[0]).toMatch(/because job\.extraBody\.method\.supervised\.hyperparameters\.lora_rank was added$/);
  expect(said.markdown).toContain("The request's field `method.supervised.hyperparameters.lora_rank` was added.");
  expect(said.markdown).not.toContain("4711");
});

it("and goes back without a training, since the model from before is kept", async () => {
  checkout.configure({ "job.extraBody": undefined });
  const before = await checkout.counters();
  const { said } = await previewThenUp(checkout);
  expect(said.verdict).not.toBe("retrains");
  expect((await checkout.counters()).jobsEverCreated).toBe(before.jobsEverCreated);
});
