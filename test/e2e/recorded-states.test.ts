import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import path from "node:path";
import { pace } from "../crash/reference";
import { openRecorded } from "../fixtures/states/recording";
import { logicalName } from "../../stack/stack-state";
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
  expect({ code, output }).toSucceed();
  expect(output).toMatch(/^ +\d+ unchanged$/m);
  expect(output).not.toMatch(/[1-9]\d* (updated|deleted)/);
  expect(await stack.versions()).toEqual(before);
  expect(await stack.register()).toEqual(["3 rejected", "2 serving", "1 kept"]);
});

it("an up with the same data trains, asks and deploys nothing, and is red with the figures", async () => {
  const done = await upOf(checkout);
  expect(done).toMatchObject({ failed: true, jobs: 0, writes: [] });
  expect(done.output).toMatch(/below evaluation\.minGain -0\.05/);
  // What the register says in today's words, or of what is new, was stored by that.
  const { verdict, changes } = await previewOf(checkout);
  expect({ verdict, changed: Object.keys(changes) }).toEqual({ verdict: "rejected", changed: ["serving-gate"] });
});

it("an up by a saved plan is red in the same way, and says that Pulumi's further errors are none", async () => {
  expect(await checkout.pulumi("preview", "--save-plan", "plan.json")).toExitWith(1);
  const before = await checkout.stackState();
  const { code, output } = await checkout.pulumi("up", "--yes", "--plan", "plan.json");
  expect({ code, output }).toExitWith(1);
  expect(output).toMatch(/below evaluation\.minGain -0\.05/);
  expect(output).toMatch(
    /^Rejected\. Version 3 did not pass its evaluation: its gain .*, below evaluation\.minGain -0\.05\.\n {2}deploys {2}version 2 as \S+, as before\n {2}cost {5}on Azure: no training cost\n {2}next {5}change a threshold in `evaluation` \(no charge\), or change .*; or set `deploy\.version` to 2 to keep version 2 deployed$/m,
  );
  expect(output).toMatch(
    /Pulumi's errors "expected resource operations .*" mean only that some steps were not reached, not that they failed\./,
  );
  const urns = ({ deployment }: typeof before) =>
    deployment.resources!.map((one) => `${one.urn}${one.delete ? " pending deletion" : ""}`).sort();
  expect(urns(await checkout.stackState())).toEqual(urns(before));
});

it("deploy.version serves version 1, for nothing", async () => {
  checkout.configure({ "deploy.version": 1 });
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0 });
  expect(await stack.register()).toEqual(["3 rejected", "2 kept", "1 serving"]);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 3, jobsEverCreated: 3 });
});

it("destroy leaves nothing", async () => {
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 0, jobs: 0, files: 0, accounts: 0 });
});

describe("right after the up that rejected a model", () => {
  let red: Checkout;
  beforeAll(async () => {
    red = await openRecorded(STATE, pace);
  });
  afterAll(() => red.close());

  it("recover finds nothing to repair, and nothing to take back", async () => {
    // What the new training has replaced is pending deletion until an up ends well.
    const { resources = [] } = (await red.stackState()).deployment;
    expect(resources.filter((one) => one.delete).map(({ urn }) => logicalName(urn))).toEqual(
      expect.arrayContaining(["finetune-training-file", "finetune-job", "finetune-model"]),
    );
    const recovered = await red.run("commands/recover", "--stack", "local");
    expect(recovered).toSucceed({ output: expect.stringContaining("no interrupted operations found") });
    const back = await red.run("commands/recover", "--stack", "local", "--back");
    expect(back).toExitWith(1, { output: expect.stringContaining("nothing to undo") });
  });

  it("destroy leaves nothing, and lists each version once", async () => {
    const { code, output } = await red.pulumi("destroy", "--yes", "--skip-preview");
    expect({ code, output }).toSucceed();
    await expect(red.counters()).resolves.toMatchObject({ deployments: 0, jobs: 0, files: 0, accounts: 0 });
    for (const version of [2, 1]) expect(output.split(`deleted  version ${version}: the model`)).toHaveLength(2);
  });
});
