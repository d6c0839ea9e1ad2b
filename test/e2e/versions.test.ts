import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { crash } from "../crash/crash";
import type { Checkout } from "./checkout";
import { addExample, deployed } from "./settings/deployed";
import { previewOf, upOf } from "./settings/preview-and-up";
import { previewThenUp } from "./settings/expect-same";
import { onTerminal } from "./on-terminal";
import { VersionedStack } from "./versioned-stack";

// The register of versions: what it keeps, refuses and deletes, also under kills. Each test takes up where the one before ended.
jest.setTimeout(300_000);

let checkout: Checkout;
let stack: VersionedStack;
let dataBack: () => void;
let jobs: string[];
beforeAll(async () => {
  checkout = await deployed({}, { allowModelChange: true });
  stack = new VersionedStack(checkout);
});
afterAll(() => checkout.close());

it("a stack of an earlier release: the first up enters what serves, and changes nothing else", async () => {
  await stack.forgetRegister();
  const { said, done } = await previewThenUp(checkout);
  expect(said.changes).toMatchObject({ "finetune-versions": { operation: "create" } });
  expect(Object.keys(said.changes)).toEqual(["finetune-versions"]);
  expect(done.writes).toEqual([]);
  expect(await stack.register()).toEqual(["1 serving"]);
});

it("another model keeps the one before", async () => {
  dataBack = addExample(checkout);
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 1 });
  expect(await stack.register()).toEqual(["2 serving", "1 kept"]);
  jobs = (await stack.versions()).map(({ jobId }) => jobId);
});

it("a rollback that can't be, or is not agreed to, leaves the settings as they were", async () => {
  const settings = checkout.read("Pulumi.local.yaml");
  expect(await stack.rollback("--to", "7")).toExitWith(1, {
    output: expect.stringContaining("there is no version 7. Versions in the stack: 2 (serving), 1."),
  });
  const unasked = await checkout.run("commands/rollback", "--stack", "local");
  expect(unasked).toExitWith(2, { output: expect.stringContaining("no terminal to ask for confirmation. Add --yes") });
  // With the keys of a terminal: the letter is not enough, and the second answer is the last.
  const declined = await onTerminal(checkout, ["y", "no"], "commands/rollback", "--stack", "local");
  expect(declined).toExitWith(1, {
    output: expect.stringMatching(
      /Returns to version 1: nothing is trained, \$0[^]+Perform this update\? [^]+type the whole word[^]+Nothing was changed\.[^]+Pulumi\.local\.yaml was left unchanged/,
    ) as unknown,
  });
  expect(checkout.read("Pulumi.local.yaml")).toBe(settings);
  checkout.configure({ "retain.versions": 0 });
  const blocked = checkout.read("Pulumi.local.yaml");
  expect(await stack.rollback()).toFail({ output: expect.stringContaining("Pulumi.local.yaml was left unchanged") });
  expect(checkout.read("Pulumi.local.yaml")).toBe(blocked);
  checkout.write("Pulumi.local.yaml", settings);
});

it("previous and a job's id are other names of a version", async () => {
  checkout.configure({ "deploy.version": "previous" });
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0 });
  expect(await stack.register()).toEqual(["2 kept", "1 serving"]);
  checkout.configure({ "deploy.version": jobs[1] });
  expect((await previewThenUp(checkout)).done.deployments).toEqual([]);
  const listed = await checkout.run("commands/versions", "--stack", "local", "--json");
  expect(JSON.parse(listed.stdout)).toEqual(await stack.versions());
  expect((await checkout.run("commands/versions", "--stack", "local")).stdout).toMatch(
    /│ 2 +│ kept +│[^]*│ 1 +│ serving +│/,
  );
  checkout.configure({ "deploy.version": undefined });
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0 });
});

it("a version that is not kept: the preview lists those that are", async () => {
  checkout.configure({ "deploy.version": 7 });
  const said = await previewOf(checkout);
  expect(said.verdict).toBe("blocked");
  expect(said.errors.join("\n")).toContain(
    `\`deploy.version\` is 7, but the stack has no such version. Its versions are 2 (${jobs[0]}), 1 (${jobs[1]}).`,
  );
  expect(await upOf(checkout)).toMatchObject({ failed: true, jobs: 0, deployments: [] });
  checkout.configure({ "deploy.version": undefined });
});

it("retain.versions 1: the version beyond it is deleted, after the preview has said so", async () => {
  checkout.configure({ "retain.versions": 1 });
  const { said } = await previewThenUp(checkout);
  expect(said.plan).toContain(`Deletes version 1 (${jobs[1]}) with its model: retain.versions is 1`);
  expect(said.markdown).toMatch(/Version 1, the model `\S+`, will be permanently deleted with its job/);
  expect(await stack.register()).toEqual(["2 serving"]);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, jobsEverCreated: 2 });
  expect((await upOf(checkout)).changes).toEqual({});
});

it("a newer model that `deploy.gate` refuses does not stop an up that serves an earlier one", async () => {
  checkout.configure({ "retain.versions": 3, "deploy.gate.maxValidationLoss": 0.0001 });
  const undo = addExample(checkout);
  expect(await upOf(checkout)).toMatchObject({ failed: true, jobs: 1 });
  checkout.configure({ "deploy.version": 2 });
  const said = await previewOf(checkout);
  expect(said).toMatchObject({ verdict: "changes", errors: [] });
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0 });
  expect(await stack.register()).toEqual(["3 rejected", "2 serving"]);
  expect(await upOf(checkout)).toMatchObject({ failed: false, changes: {} });
  checkout.configure({ "deploy.version": 3 });
  expect((await previewOf(checkout)).errors.join("\n")).toContain(
    "version 3 did not pass when it was last judged, by the limits set then: `deploy.gate` refused it",
  );
  undo();
  checkout.configure({ "deploy.version": undefined, "deploy.gate.maxValidationLoss": undefined });
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0, deployments: [] });
  expect(await stack.register()).toEqual(["3 rejected", "2 serving"]);
});

const deletesJob = { match: "^DELETE .*/fine_tuning/jobs/", request: 1, when: "after", victim: "tree" } as const;

it("killed while the register deletes versions: the next up deletes the rest, and nothing else", async () => {
  dataBack();
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 1 });
  expect(await stack.register()).toEqual(["4 serving", "3 rejected", "2 kept"]);
  checkout.configure({ "retain.versions": 1 });
  await crash(checkout, { command: "up", ...deletesJob });
  expect(await checkout.run("commands/recover", "--stack", "local")).toSucceed();
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0, deployments: [] });
  expect(await stack.register()).toEqual(["4 serving"]);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, jobsEverCreated: 4 });
});

it("killed while destroy deletes versions: the next destroy deletes every one", async () => {
  checkout.configure({ "retain.versions": 3 });
  addExample(checkout);
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 1 });
  expect(await stack.register()).toEqual(["5 serving", "4 kept"]);
  await crash(checkout, { command: "destroy", ...deletesJob });
  expect(await checkout.run("commands/recover", "--stack", "local")).toSucceed();
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 0, jobs: 0, files: 0, jobsEverCreated: 5 });
});
