import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import { resourcesOfType, type StackExport } from "../../stack/stack-state";
import { crash } from "../crash/crash";
import type { Checkout } from "./checkout";
import { addExample, deployed } from "./settings/deployed";
import { previewOf, upOf } from "./settings/preview-and-up";
import { previewThenUp } from "./settings/expect-same";

// Going back to a model that has served costs nothing, however the deployment changes.
jest.setTimeout(300_000);

let checkout: Checkout;
let dataBack: () => void;
let jobs: string[];
beforeAll(async () => {
  checkout = await deployed({ "deploy.switch": "blueGreen" }, { allowModelChange: true });
});
afterAll(() => checkout.close());

/** The register, e.g. `["2 kept", "1 serving"]`. */
async function register(): Promise<string[]> {
  return (await versions()).map(({ version, status }) => `${version} ${status}`);
}

async function versions(): Promise<ModelVersion[]> {
  const [resource] = resourcesOfType(await checkout.stackState(), finetuneType("ModelVersions"));
  return (resource!.outputs as { versions: ModelVersion[] }).versions;
}

/** Makes the state one of a release that had no register. */
async function forgetRegister(): Promise<void> {
  const state = JSON.parse((await checkout.pulumi("stack", "export")).stdout) as StackExport;
  const { urn } = resourcesOfType(state, finetuneType("ModelVersions"))[0]!;
  const resources = state.deployment.resources!.filter((resource) => resource.urn !== urn);
  const without = (urns: string[] = []) => urns.filter((one) => one !== urn);
  for (const resource of resources) {
    resource.dependencies = without(resource.dependencies);
    for (const [name, urns] of Object.entries(resource.propertyDependencies ?? {}))
      resource.propertyDependencies![name] = without(urns);
    for (const properties of [resource.inputs, resource.outputs])
      if (resource.type === finetuneType("FineTuningJob")) delete properties!.register;
  }
  state.deployment.resources = resources;
  checkout.write(".local/earlier.json", JSON.stringify(state));
  const { code, output } = await checkout.pulumi("stack", "import", "--file", ".local/earlier.json");
  expect({ code, output }).toMatchObject({ code: 0 });
}

const rollback = (...args: string[]) => checkout.run("commands/rollback", "--stack", "local", "--yes", ...args);

/** Name of the stack's one deployment, and the model in it. */
async function serving() {
  const [deployment] = resourcesOfType(await checkout.stackState(), "azure-native:cognitiveservices:Deployment");
  const { deploymentName, properties } = deployment!.inputs as {
    deploymentName: string;
    properties: { model: { name: string } };
  };
  return { deploymentName, model: properties.model.name };
}

it("a stack of an earlier release: the first up enters what serves, and changes nothing else", async () => {
  await forgetRegister();
  const { said, done } = await previewThenUp(checkout);
  expect(said.changes).toMatchObject({ "finetune-versions": { operation: "create" } });
  expect(Object.keys(said.changes)).toEqual(["finetune-versions"]);
  expect(done.writes).toEqual([]);
  expect(await register()).toEqual(["1 serving"]);
});

it("from A to B, where the state is of an earlier release: the preview says that A is kept, and it is", async () => {
  await forgetRegister();
  dataBack = addExample(checkout);
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("retrains");
  expect(said.plan).toEqual([
    expect.stringMatching(/^Trains again: 1 job, \$[\d.]+ to \$[\d.]+, because .*\(68 -> 69 examples\)$/),
    expect.stringMatching(/^Keeps the model of ftjob-\w+ as version 1$/),
  ]);
  expect(said.markdown).not.toContain("deleted for good");
  expect(done.writes.filter((write) => write.startsWith("DELETE") && write.includes("/jobs/"))).toEqual([]);
  expect(await register()).toEqual(["2 serving", "1 kept"]);
  jobs = (await versions()).map(({ jobId }) => jobId);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 2, jobsEverCreated: 2 });
  expect((await upOf(checkout)).changes).toEqual({});
});

describe.each(["blueGreen", "recreate", "inPlace"])("in %s", (mode) => {
  it("back to A by its data: nothing is trained or paid, and the preview says so", async () => {
    checkout.configure({ "deploy.switch": mode });
    expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0 });
    const before = await serving();
    dataBack();
    const { said, done } = await previewThenUp(checkout);
    expect(said.verdict).toBe("redeploys");
    expect(said.plan).toContain(`Returns to version 1 (${jobs[1]}), which is already trained: $0`);
    expect(said.markdown).toContain("**Redeploys.** Returns to version 1: nothing is trained, $0. Its model");
    expect(said.markdown).not.toContain("deleted for good");
    expect(done).toMatchObject({ failed: false, jobs: 0 });
    expect(await register()).toEqual(["2 kept", "1 serving"]);
    expect((await serving()).model).not.toBe(before.model);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 2, jobsEverCreated: 2 });
    dataBack = addExample(checkout);
    const again = await previewThenUp(checkout);
    expect(again.said.plan).toContain(`Serves version 2 (${jobs[0]}), which is already trained: $0`);
    expect(await serving()).toEqual(before);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 2, jobsEverCreated: 2 });
  });

  it("back to A by deploy.version, and to the newest without it", async () => {
    const before = await serving();
    checkout.configure({ "deploy.version": 1 });
    const { said, done } = await previewThenUp(checkout);
    expect(said.verdict).toBe("redeploys");
    expect(said.plan).toContain(`Returns to version 1 (${jobs[1]}), which is already trained: $0`);
    expect(said.markdown).toContain("**Redeploys.** Returns to version 1: nothing is trained, $0. Its model");
    expect(done).toMatchObject({ failed: false, jobs: 0 });
    expect(await register()).toEqual(["2 kept", "1 serving"]);
    const pinned = await serving();
    expect(pinned.model).toContain(jobs[1]!.slice("ftjob-".length));
    expect(pinned.deploymentName === before.deploymentName).toBe(mode !== "blueGreen");
    checkout.configure({ "deploy.version": undefined });
    await previewThenUp(checkout);
    expect(await serving()).toEqual(before);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 2, jobsEverCreated: 2 });
  });

  it("back to A by npm run rollback, and forward again", async () => {
    const before = await serving();
    const back = await rollback();
    expect(back).toMatchObject({ code: 0 });
    expect(back.output).toContain("Returns to version 1: nothing is trained, $0.");
    expect(back.output).toContain("`deploy.version` is 1 in Pulumi.local.yaml.");
    expect(checkout.read("Pulumi.local.yaml")).toMatch(/^ +version: 1$/m);
    expect(await register()).toEqual(["2 kept", "1 serving"]);
    expect(await rollback("--to", "current")).toMatchObject({ code: 0 });
    expect(checkout.read("Pulumi.local.yaml")).not.toMatch(/^ +version:/m);
    expect(await serving()).toEqual(before);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 2, files: 4, jobsEverCreated: 2 });
  });
});

it("a rollback that can't be, or is not agreed to, leaves the settings as they were", async () => {
  const settings = checkout.read("Pulumi.local.yaml");
  expect(await rollback("--to", "7")).toMatchObject({
    code: 1,
    output: expect.stringContaining("there is no version 7. The stack keeps: 2 (serving), 1."),
  });
  const unasked = await checkout.run("commands/rollback", "--stack", "local");
  expect(unasked).toMatchObject({ code: 2, output: expect.stringContaining("add --yes to confirm") });
  checkout.configure({ "retain.versions": 0 });
  const blocked = checkout.read("Pulumi.local.yaml");
  const { code, output } = await rollback();
  expect({ code, output }).toMatchObject({
    code: expect.any(Number),
    output: expect.stringContaining("as it was before"),
  });
  expect(code).not.toBe(0);
  expect(checkout.read("Pulumi.local.yaml")).toBe(blocked);
  checkout.write("Pulumi.local.yaml", settings);
});

it("previous and a job's id are other names of a version", async () => {
  checkout.configure({ "deploy.version": "previous" });
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0 });
  expect(await register()).toEqual(["2 kept", "1 serving"]);
  checkout.configure({ "deploy.version": jobs[1] });
  expect((await previewThenUp(checkout)).done.deployments).toEqual([]);
  const listed = await checkout.run("commands/versions", "--stack", "local", "--json");
  expect(JSON.parse(listed.stdout)).toEqual(await versions());
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
    `\`deploy.version\` is 7, which is not among the versions that the stack keeps: 2 (${jobs[0]}), 1 (${jobs[1]}).`,
  );
  expect(await upOf(checkout)).toMatchObject({ failed: true, jobs: 0, deployments: [] });
  checkout.configure({ "deploy.version": undefined });
});

it("retain.versions 1: the version beyond it is deleted, after the preview has said so", async () => {
  checkout.configure({ "retain.versions": 1 });
  const { said } = await previewThenUp(checkout);
  expect(said.plan).toContain(`Deletes version 1 (${jobs[1]}) with its model: retain.versions is 1`);
  expect(said.markdown).toMatch(/Version 1, the model `\S+`, is deleted for good with its job/);
  expect(await register()).toEqual(["2 serving"]);
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
  expect(await register()).toEqual(["3 rejected", "2 serving"]);
  expect(await upOf(checkout)).toMatchObject({ failed: false, changes: {} });
  checkout.configure({ "deploy.version": 3 });
  expect((await previewOf(checkout)).errors.join("\n")).toContain("version 3 did not pass: `deploy.gate` refused it");
  undo();
  checkout.configure({ "deploy.version": undefined, "deploy.gate.maxValidationLoss": undefined });
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0, deployments: [] });
  expect(await register()).toEqual(["3 rejected", "2 serving"]);
});

const deletesJob = { match: "^DELETE .*/fine_tuning/jobs/", request: 1, when: "after", victim: "tree" } as const;

it("killed while the register deletes versions: the next up deletes the rest, and nothing else", async () => {
  dataBack();
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 1 });
  expect(await register()).toEqual(["4 serving", "3 rejected", "2 kept"]);
  checkout.configure({ "retain.versions": 1 });
  await crash(checkout, { command: "up", ...deletesJob });
  expect(await checkout.run("commands/recover", "--stack", "local")).toMatchObject({ code: 0 });
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0, deployments: [] });
  expect(await register()).toEqual(["4 serving"]);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, jobsEverCreated: 4 });
});

it("killed while destroy deletes versions: the next destroy deletes every one", async () => {
  checkout.configure({ "retain.versions": 3 });
  addExample(checkout);
  expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 1 });
  expect(await register()).toEqual(["5 serving", "4 kept"]);
  await crash(checkout, { command: "destroy", ...deletesJob });
  expect(await checkout.run("commands/recover", "--stack", "local")).toMatchObject({ code: 0 });
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toMatchObject({ code: 0 });
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 0, jobs: 0, files: 0, jobsEverCreated: 5 });
});
