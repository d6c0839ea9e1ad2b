import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { resourcesOfType } from "../../stack/stack-state";
import { startCommand } from "../crash/run-case";
import type { Checkout } from "./checkout";
import { deploymentInputs, expectNothingLeft, FREE_AFTER_SECONDS, openWholeQuota } from "./whole-quota";

// A deployment that takes all of its quota makes place for the next one; what it held comes free only after a while. Each test takes up
// where the one before ended.
let checkout: Checkout;
beforeAll(async () => {
  checkout = await openWholeQuota();
});
afterAll(() => checkout.close());

const up = () => checkout.pulumi("up", "--yes", "--skip-preview");

async function outputs(): Promise<Record<string, string>> {
  return resourcesOfType(await checkout.stackState(), "pulumi:pulumi:Stack")[0]!.outputs as Record<string, string>;
}

it("the first deployment finds its room without waiting", async () => {
  const first = await up();
  expect(first).toSucceed();
  expect(first.output).not.toContain("not enough quota yet (");
});

it("one that could never have room is neither trained for nor deleted for", async () => {
  const settings = checkout.read("Pulumi.local.yaml");
  checkout.configure({ "deploy.capacity": 5_000 });
  const tooMuch = await startCommand(checkout, "switch").end;
  expect(tooMuch).toFail();
  expect(tooMuch.output).toMatch(
    /Not enough quota in \w+ for a Standard deployment with capacity 5000 \(deploy\.capacity\)\. OpenAI\.Standard\.gpt-4o-mini-finetune: 250 of 250 in use, including 250 held by [\w-]+, which will be freed, so at most 250 is available\./,
  );
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
  // Nor is it deleted for another name, which trains nothing.
  checkout.configure({ "deploy.name": "renamed" });
  const renamed = await startCommand(checkout, "up").end;
  expect(renamed).toFail();
  expect(renamed.output).toMatch(/Not enough quota in .*, so at most 250 is available\./);
  expect(renamed.output).not.toMatch(/Deployment .*delet/);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
  checkout.write("Pulumi.local.yaml", settings);
  expect(await startCommand(checkout, "up").end).toSucceed();
});

it("the next one waits for what the deleted one held, in the same up", async () => {
  const before = await outputs();
  const second = await startCommand(checkout, "switch").end;
  expect(second).toSucceed();
  expect(second.output).toMatch(
    /waited \d+ s of up to 60 s · not enough quota yet \(OpenAI\.Standard\.gpt-4o-mini-finetune: 250 of 250 in use/,
  );
  expect(second.output).toMatch(/enough quota is free after \d+ s/);
  const after = await outputs();
  expect(after).toMatchObject({ deploymentName: before.deploymentName, probeAnswer: expect.stringMatching(/\S/) });
  expect(after.fineTunedModel).not.toBe(before.fineTunedModel);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, files: 3, jobsEverCreated: 2 });
});

it("a lost deployment is made again in the room that there is", async () => {
  const { accountName, deploymentName } = await deploymentInputs(checkout);
  await checkout.admin("DELETE", `/accounts/${accountName}/deployments/${deploymentName}`);
  expect(await checkout.pulumi("refresh", "--yes", "--skip-preview")).toSucceed();
  await checkout.admin("POST", "/clock", { advanceMs: FREE_AFTER_SECONDS * 1000 });
  const again = await up();
  expect(again).toSucceed();
  expect(again.output).toMatch(/\+ 1 created\n\s+~ 1 updated\n\s+2 changes\. \d+ unchanged/);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 2 });
});

it("less capacity is an update of the deployment that is there", async () => {
  checkout.configure({ "deploy.capacity": 1 });
  const less = await up();
  expect(less).toSucceed();
  expect(less.output).toMatch(/~ 3 updated\n\s+\d+ unchanged/);
});

it("to blueGreen and back, each time without a new job", async () => {
  for (const mode of ["blueGreen", "recreate"]) {
    checkout.configure({ "deploy.switch": mode });
    expect(await up()).toSucceed();
  }
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, jobsEverCreated: 2 });
});

it("destroy leaves nothing", () => expectNothingLeft(checkout, 2));
