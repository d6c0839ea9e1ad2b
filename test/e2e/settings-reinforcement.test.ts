import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { resourcesOfType } from "../../stack/stack-state";
import { pace } from "../crash/reference";
import { Checkout } from "./checkout";
import { asked, exact, reinforced, writePrompts } from "./reinforced-data";
import { previewThenUp } from "./settings/expect-same";

// A model trained by reward, from its grader to the chat answer: what a preview says is what `up` does.
jest.setTimeout(300_000);

let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open(pace);
  writePrompts(checkout);
  checkout.configure(reinforced);
});
afterAll(() => checkout.close());

it("trains by the grader, and the model answers what was rewarded", async () => {
  checkout.configure({ grader: exact, "deploy.gate.minReward": 0.9 });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("trains");
  expect(said.markdown).toContain("only if it has a validation reward of at least 0.9");
  expect(done.failed).toBe(false);
  const [probe] = resourcesOfType(await checkout.stackState(), finetuneType("ChatProbe"));
  expect(probe!.outputs).toMatchObject({ answer: asked.answer });
});

it("deploy.gate.minReward: a reward that the model has missed stops the preview, and one that it reached changes nothing", async () => {
  checkout.configure({ "deploy.gate.minReward": 1.5 });
  const red = await previewThenUp(checkout);
  expect(red.said.verdict).toBe("blocked");
  expect(red.said.markdown).toMatch(/its validation reward is 1\.000, below minReward 1\.5/);
  checkout.configure({ "deploy.gate.minReward": 1 });
  const green = await previewThenUp(checkout);
  expect([green.said.verdict, green.done.writes]).toEqual(["none", []]);
});

it("deploy.checkpoint best: the checkpoint with the highest validation reward", async () => {
  checkout.configure({ "deploy.checkpoint": "best" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).not.toBe("retrains");
  expect(done.jobs).toBe(0);
});
