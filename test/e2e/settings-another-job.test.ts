import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { resourcesOfType } from "../../stack/stack-state";
import { crash } from "../crash/crash";
import type { Checkout } from "./checkout";
import { accountName, addExample, deployed } from "./settings/deployed";
import { previewThenUp } from "./settings/expect-same";
import { upOf } from "./settings/preview-and-up";

// What a preview says is what `up` does, where a job failed or is there already, and where another account is due.
jest.setTimeout(300_000);

let checkout: Checkout;
let account: string;
beforeAll(async () => {
  checkout = await deployed();
  account = await accountName(checkout);
  checkout.configure({ account: { name: account, protect: true } });
});
afterAll(() => checkout.close());

describe("training.retry", () => {
  it("a job that failed: blocked, and `up` pays for no other", async () => {
    await checkout.admin("POST", `/accounts/${account}/job-faults`, { outcome: "fail-training" });
    addExample(checkout);
    expect(await upOf(checkout)).toMatchObject({ failed: true, jobs: 1, deployments: [] });
    const { said } = await previewThenUp(checkout);
    expect(said.verdict).toBe("blocked");
    expect(said.markdown).toContain(
      "ended with status failed. To train again, change its inputs or increase `training.retry`",
    );
  });

  it("raised: trains again", async () => {
    checkout.configure({ "training.retry": 1 });
    const { said } = await previewThenUp(checkout);
    expect(said.verdict).toBe("retrains");
    expect(said.plan).toEqual([
      expect.stringMatching(/the last job did not succeed, and training\.retry was increased/),
    ]);
  });
});

it("a run that was killed right after it had submitted: its job is taken over, and nothing is paid", async () => {
  checkout.configure({ "hyperparameters.nEpochs": 2 });
  const match = "^POST .*/fine_tuning/jobs";
  expect((await crash(checkout, { command: "up", match, request: 1, when: "after", victim: "tree" })).at).toMatch(
    new RegExp(match),
  );
  expect(await checkout.run("commands/recover", "--stack", "local")).toSucceed();
  const { said } = await previewThenUp(checkout);
  expect(["waits", "redeploys"]).toContain(said.verdict);
  expect(said.plan).toEqual([
    expect.stringMatching(
      /^Trains nothing new: adopts ftjob-\w+ \(\w+\), which an earlier run of this stack submitted/,
    ),
    expect.stringMatching(/^Keeps the model of ftjob-\w+ as version 2$/),
  ]);
});

it("account.name without account.protect: another account, and all of it anew", async () => {
  checkout.configure({ "account.protect": undefined });
  const unprotected = (await previewThenUp(checkout)).said;
  expect({ verdict: unprotected.verdict, changes: unprotected.changes }).toEqual({ verdict: "none", changes: {} });
  checkout.configure({ "account.name": "settings-moved" });
  const { said } = await previewThenUp(checkout);
  expect(said.verdict).toBe("retrains");
  expect(said.plan).toEqual([
    expect.stringMatching(/because the account changes, and models cannot be moved to another account/),
  ]);
  expect(await accountName(checkout)).toBe("settings-moved");
});

it("existingJobId, of the job that the stack has: it is kept from now on, and nothing is trained", async () => {
  const [job] = resourcesOfType(await checkout.stackState(), finetuneType("FineTuningJob"));
  const { jobId } = job!.outputs as { jobId: string };
  checkout.configure({ existingJobId: jobId });
  const { said } = await previewThenUp(checkout);
  expect(said.verdict).toBe("changes");
  expect(said.plan).toEqual([`Trains nothing: the model of ${jobId} is already trained`]);
});
