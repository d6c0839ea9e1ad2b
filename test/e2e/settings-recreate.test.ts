import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Checkout } from "./checkout";
import { addExample, deployed } from "./settings/deployed";
import { previewThenUp } from "./settings/expect-same";

// What a preview says is what `up` does, for the settings that make another model or another deployment: recreate and blueGreen, and both
// ways between the two. settings-in-place.test.ts has inPlace; the other settings that train share their way with nEpochs, and are compared
// in test/dynamic-providers/fine-tuning-job/deciding-settings.test.ts.
jest.setTimeout(300_000);

const NAME = "gpt-4o-mini-2024-07-18-ft";
let checkout: Checkout;
beforeAll(async () => {
  checkout = await deployed();
});
afterAll(() => checkout.close());

it("hyperparameters.nEpochs, in recreate: trains again for one figure, with a gap", async () => {
  checkout.configure({ "hyperparameters.nEpochs": 2 });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("retrains");
  expect(said.plan).toEqual([
    expect.stringMatching(/^Trains again: 1 job, \$0\.04, because nEpochs auto -> 2$/),
    expect.stringMatching(/^Keeps the model of ftjob-\w+ as version 1$/),
  ]);
  expect(said.markdown).toContain("A new fine-tuning job runs and costs $0.04");
  expect(done.deployments).toEqual([`DELETE ${NAME}`, `PUT ${NAME}`]);
});

it("deploy.name, in recreate: another name, with a gap", async () => {
  checkout.configure({ "deploy.name": "teacher" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("redeploys");
  expect(said.markdown).toContain("The old one will be deleted first, so calls will fail until `teacher` is ready");
  expect(done.deployments).toEqual([`DELETE ${NAME}`, "PUT teacher"]);
});

it("deploy.switch from recreate to blueGreen: the new name first", async () => {
  checkout.configure({ "deploy.switch": "blueGreen" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("redeploys");
  expect(said.markdown).toContain("The old one will be deleted at the end of `up`");
  expect(done.deployments).toEqual([expect.stringMatching(/^PUT teacher-\w{6}$/), "DELETE teacher"]);
});

it("dataset.training, in blueGreen: trains again without a gap", async () => {
  addExample(checkout);
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("retrains");
  expect(said.plan).toEqual([
    expect.stringMatching(/data\/training_set\.jsonl changed \(68 -> 69 examples\)/),
    expect.stringMatching(/^Keeps the model of ftjob-\w+ as version 2$/),
  ]);
  expect(done.deployments).toEqual([
    expect.stringMatching(/^PUT teacher-\w{6}$/),
    expect.stringMatching(/^DELETE teacher-\w{6}$/),
  ]);
});

it("deploy.checkpoint, in blueGreen: another name for the same job", async () => {
  checkout.configure({ "deploy.checkpoint": "best" });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("redeploys");
  expect(said.plan).toEqual([expect.stringMatching(/^Trains nothing: the model of ftjob-\w+ is already trained$/)]);
  expect(done.deployments).toHaveLength(2);
});

it("deploy.switch from blueGreen to recreate, and the checkpoint back: the old name first, with a gap", async () => {
  checkout.configure({ "deploy.switch": "recreate", "deploy.checkpoint": undefined });
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("redeploys");
  expect(done.deployments).toEqual([expect.stringMatching(/^DELETE teacher-\w{6}$/), "PUT teacher"]);
});
