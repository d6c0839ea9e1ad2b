import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { resourcesOfType } from "../../stack/stack-state";
import { pace } from "../crash/reference";
import { Checkout } from "./checkout";
import { asked, exact, reinforced, writePrompts } from "./reinforced-data";
import { previewThenUp } from "./settings/expect-same";

// A model trained by reward, from a grader that is refused to the chat answer: what a preview says is what `up` does.
jest.setTimeout(300_000);

let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open(pace);
  writePrompts(checkout);
  checkout.configure(reinforced);
});
afterAll(() => checkout.close());

it("a grader that gives every answer the same score ends `up` at its preview, before there is an account", async () => {
  checkout.configure({ grader: { ...exact, reference: "Atlantis" } });
  const result = await checkout.pulumi("up", "--yes");
  expect(result).toFail();
  expect(result.output).toMatch(
    /gives the same score \(0\) to all 9 answers it was tried on: the first 3 rows of prompts\.jsonl/,
  );
  expect(await checkout.counters()).toMatchObject({ jobsEverCreated: 0, deployments: 0 });
});

it("trains by the grader, and the model answers what was rewarded", async () => {
  checkout.configure({ grader: exact, "deploy.gate.minReward": 0.9 });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("trains");
  expect(said.markdown).toContain("only if it has a validation reward of at least 0.9");
  expect(said.markdown).toContain("1 to 50 hours at $100.00 an hour; Azure pauses the job at $5,000.00");
  expect(done.failed).toBe(false);
  const [probe] = resourcesOfType(await checkout.stackState(), finetuneType("ChatProbe"));
  expect(probe!.outputs).toMatchObject({ answer: asked.answer });
});

it("graderTrial.enabled, graderTrial.rows, graderTrial.answers, deploy.checkpoint and a deploy.gate.minReward that is met are one update that writes nothing", async () => {
  checkout.configure({
    graderTrial: { enabled: false, rows: 2, answers: ["Lyon"] },
    ...{ "deploy.gate.minReward": 1, "deploy.checkpoint": "best" },
  });
  const { said, done } = await previewThenUp(checkout);
  expect([said.verdict, done.writes]).toEqual(["changes", []]);
  checkout.configure({ graderTrial: undefined, "deploy.checkpoint": undefined });
});

it("a grader that fails on a row at the service stops a retraining: the model that is there stays", async () => {
  const ratio = { type: "multi", name: "ratio", graders: { exact }, calculate_output: "1 / (1 - exact)" };
  checkout.configure({ grader: ratio });
  const { said, done } = await previewThenUp(checkout);
  checkout.configure({ grader: exact });
  expect([said.verdict, done.writes]).toEqual(["blocked", []]);
  expect(done.output).toMatch(/The grader fails on prompts\.jsonl line 1, answered by the row's own reference_answer/);
});

it("a deploy.gate.minReward that the model misses stops the preview, and `up`", async () => {
  checkout.configure({ "deploy.gate.minReward": 1.5 });
  const { said, done } = await previewThenUp(checkout);
  expect([said.verdict, done.writes]).toEqual(["blocked", []]);
  for (const told of [said.markdown, done.output])
    expect(told).toMatch(/its validation reward is 1\.000, below minReward 1\.5/);
});
