import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { crash } from "../crash/crash";
import { kill, processTree } from "../crash/process-tree";
import { startCommand } from "../crash/run-case";
import type { Checkout } from "./checkout";
import { deploymentInputs, expectNothingLeft, openWholeQuota } from "./whole-quota";

// The `up` that deletes a deployment of all the quota to make place for the next one is killed. Each test takes up where the one before ended.
let checkout: Checkout;
beforeAll(async () => {
  checkout = await openWholeQuota();
  const { code, output } = await startCommand(checkout, "switch").end;
  if (code !== 0) throw new Error(output);
});
afterAll(() => checkout.close());

const up = () => checkout.pulumi("up", "--yes", "--skip-preview");

it("killed while it waits: the next up goes on, and pays nothing again", async () => {
  const known = checkout.transcript.length;
  const { child, end } = startCommand(checkout, "up");
  const deadline = Date.now() + 60_000;
  while (!checkout.transcript.slice(known).includes("not enough quota yet (")) {
    if (Date.now() > deadline) throw new Error(`It never waited:\n${checkout.transcript.slice(known)}`);
    await sleep(20);
  }
  kill(processTree(child.pid!));
  await end;
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 0, jobsEverCreated: 2 });
  expect(await checkout.run("commands/recover", "--stack", "local")).toSucceed();
  expect(await up()).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, files: 3, jobsEverCreated: 2 });
  expect((await up()).output).toMatch(/\d+ unchanged/);
});

it("killed when the new deployment was just being made, which failed: recover finds it, and up puts it once more", async () => {
  const { accountName } = await deploymentInputs(checkout);
  await checkout.admin("POST", `/accounts/${accountName}/deployment-faults`, { outcome: "fail" });
  const match = "^PUT .*/deployments/";
  const { at } = await crash(checkout, { command: "switch", match, request: 1, when: "after", victim: "tree" });
  expect(at).toMatch(/^PUT .*\/deployments\//);
  const recovered = await checkout.run("commands/recover", "--stack", "local");
  expect(recovered).toSucceed();
  expect(recovered.output).toMatch(/serving-deployment: was already created .+, but ended in state Failed/);
  expect(await up()).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, files: 3, jobsEverCreated: 3 });
});

it("killed when the old deployment has just been deleted, and then back to the old model: it is deployed again", async () => {
  const match = "^DELETE .*/deployments/";
  const { at } = await crash(checkout, { command: "up", match, request: 1, when: "after", victim: "tree" });
  expect(at).toMatch(/^DELETE .*\/deployments\//);
  const recovered = await checkout.run("commands/recover", "--stack", "local");
  expect(recovered).toSucceed();
  expect(recovered.output).toMatch(/serving-deployment: deleting was interrupted; it no longer exists; refreshing it/);
  expect(await startCommand(checkout, "switch").end).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, files: 3, jobsEverCreated: 4 });
});

it("destroy leaves nothing of it", () => expectNothingLeft(checkout, 4));
