import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import path from "node:path";
import { pace } from "../crash/reference";
import { openRecorded } from "../fixtures/states/recording";
import type { Checkout } from "./checkout";
import { previewOf, upOf } from "./settings/preview-and-up";
import { VersionedStack } from "./versioned-stack";

// A state of release 0.1.0 with a register and evaluations: today's code refreshes, updates and deletes it.
jest.setTimeout(300_000);

const STATE = path.join(__dirname, "../fixtures/states/evaluated-0.1.0");
let checkout: Checkout;
let stack: VersionedStack;
beforeAll(async () => {
  checkout = await openRecorded(STATE, pace);
  stack = new VersionedStack(checkout);
});
afterAll(() => checkout.close());

it("a refresh finds everything as it was", async () => {
  const before = await stack.versions();
  const { code, output } = await checkout.pulumi("refresh", "--yes", "--skip-preview");
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toMatch(/^ +\d+ unchanged$/m);
  expect(output).not.toMatch(/[1-9]\d* (updated|deleted)/);
  expect(await stack.versions()).toEqual(before);
  expect(await stack.register()).toEqual(["3 rejected", "2 serving", "1 kept"]);
});

it("an up with the same data trains, asks and deploys nothing, and is red with the figures", async () => {
  const said = await previewOf(checkout);
  expect(said.verdict).toBe("rejected");
  expect(Object.keys(said.changes)).toEqual(["serving-gate"]);
  const done = await upOf(checkout);
  expect(done).toMatchObject({ failed: true, jobs: 0, writes: [] });
  expect(done.output).toMatch(/below evaluation\.minGain -0\.05/);
});

it("deploy.version serves version 1, for nothing", async () => {
  checkout.configure({ "deploy.version": 1 });
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0 });
  expect(await stack.register()).toEqual(["3 rejected", "2 kept", "1 serving"]);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 3, jobsEverCreated: 3 });
});

it("destroy leaves nothing", async () => {
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toMatchObject({ code: 0 });
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 0, jobs: 0, files: 0, accounts: 0 });
});
