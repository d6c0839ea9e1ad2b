import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { accountName, addExample, deployed } from "./settings/deployed";
import { cognitiveServicesClient } from "./azure-clients";
import { GROUP } from "./shared-account";
import { WHOLE_QUOTA } from "./whole-quota";
import { previewOf, upOf } from "./settings/preview-and-up";
import { onTerminal } from "./on-terminal";
import { previewThenUp } from "./settings/expect-same";
import { VersionedStack } from "./versioned-stack";
import type { Checkout } from "./checkout";

// Going back to a model that has served costs nothing, however the deployment changes.
jest.setTimeout(300_000);

let checkout: Checkout;
let stack: VersionedStack;
let dataBack: () => void;
let jobs: string[];
beforeAll(async () => {
  checkout = await deployed({ "deploy.switch": "blueGreen" }, { allowModelChange: true });
  stack = new VersionedStack(checkout);
});
afterAll(() => checkout.close());

it("from A to B, where the state is of an earlier release: the preview says that A is kept, and it is", async () => {
  await stack.forgetRegister();
  dataBack = addExample(checkout);
  const { said, done } = await previewThenUp(checkout);
  expect(said.verdict).toBe("retrains");
  expect(said.plan).toEqual([
    expect.stringMatching(/^Trains again: 1 job, \$[\d.]+ to \$[\d.]+, because .*\(68 -> 69 examples\)$/),
    expect.stringMatching(/^Keeps the model of ftjob-\w+ as version 1$/),
  ]);
  expect(said.markdown).not.toContain("permanently deleted");
  expect(done.writes.filter((write) => write.startsWith("DELETE") && write.includes("/jobs/"))).toEqual([]);
  expect(await stack.register()).toEqual(["2 serving", "1 kept"]);
  jobs = (await stack.versions()).map(({ jobId }) => jobId);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 2, jobsEverCreated: 2 });
  expect((await upOf(checkout)).changes).toEqual({});
});

it("back to A, where the quota has no room for both: preview and `up` say so, and nothing is changed", async () => {
  const { model } = await stack.serving();
  const { deployments } = cognitiveServicesClient(checkout.cloud);
  const filler = [GROUP, await accountName(checkout), "filler"] as const;
  await deployments.beginCreateOrUpdateAndWait(...filler, {
    sku: { name: "Standard", capacity: WHOLE_QUOTA - 1 },
    properties: { model: { format: "OpenAI", name: model, version: "1" } },
  });
  checkout.configure({ "deploy.version": 1 });
  const { said, done } = { said: await previewOf(checkout), done: await upOf(checkout) };
  const reason = new RegExp(
    `Version 1 \\(${jobs[1]}\\) can't be deployed\\. Not enough quota .+: ${WHOLE_QUOTA} of ${WHOLE_QUOTA} in use, so at most 0 is available\\. .+ Version 2 remains deployed\\.`,
  );
  expect(said).toMatchObject({ verdict: "blocked", markdown: expect.stringMatching(reason) as unknown });
  expect(done).toMatchObject({
    failed: true,
    jobs: 0,
    deployments: [],
    output: expect.stringMatching(reason) as unknown,
  });
  expect(await stack.register()).toEqual(["2 serving", "1 kept"]);
  await deployments.beginDeleteAndWait(...filler);
  checkout.configure({ "deploy.version": undefined });
});

describe.each(["blueGreen", "recreate", "inPlace"])("in %s", (mode) => {
  it("back to A by its data: nothing is trained or paid, and the preview says so", async () => {
    checkout.configure({ "deploy.switch": mode });
    expect(await upOf(checkout)).toMatchObject({ failed: false, jobs: 0 });
    const before = await stack.serving();
    dataBack();
    const { said, done } = await previewThenUp(checkout);
    expect(said.verdict).toBe("redeploys");
    expect(said.plan).toContain(`Returns to version 1 (${jobs[1]}), which is already trained: $0`);
    expect(said.markdown).toContain("**Redeploys.** Returns to version 1: nothing is trained, $0. Its model");
    expect(said.markdown).not.toContain("permanently deleted");
    expect(done).toMatchObject({ failed: false, jobs: 0 });
    expect(await stack.register()).toEqual(["2 kept", "1 serving"]);
    expect((await stack.serving()).model).not.toBe(before.model);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 2, jobsEverCreated: 2 });
    dataBack = addExample(checkout);
    const again = await previewThenUp(checkout);
    expect(again.said.plan).toContain(`Serves version 2 (${jobs[0]}), which is already trained: $0`);
    expect(await stack.serving()).toEqual(before);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 2, jobsEverCreated: 2 });
  });

  it("back to A by deploy.version, and to the newest without it", async () => {
    const before = await stack.serving();
    checkout.configure({ "deploy.version": 1 });
    const { said, done } = await previewThenUp(checkout);
    expect(said.verdict).toBe("redeploys");
    expect(said.plan).toContain(`Returns to version 1 (${jobs[1]}), which is already trained: $0`);
    expect(said.markdown).toContain("**Redeploys.** Returns to version 1: nothing is trained, $0. Its model");
    expect(done).toMatchObject({ failed: false, jobs: 0 });
    expect(await stack.register()).toEqual(["2 kept", "1 serving"]);
    const pinned = await stack.serving();
    expect(pinned.model).toContain(jobs[1]!.slice("ftjob-".length));
    expect(pinned.deploymentName === before.deploymentName).toBe(mode !== "blueGreen");
    // What serves, and what was trained last.
    expect(await stack.outputs()).toMatchObject({
      ...{ fineTunedModel: pinned.model, servingJobId: jobs[1], jobId: jobs[0] },
    });
    checkout.configure({ "deploy.version": undefined });
    await previewThenUp(checkout);
    expect(await stack.serving()).toEqual(before);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 2, jobsEverCreated: 2 });
  });

  it("back to A by npm run rollback, and forward again", async () => {
    const before = await stack.serving();
    const back = await stack.rollback();
    expect(back).toSucceed();
    expect(back.output).toContain("Returns to version 1: nothing is trained, $0.");
    expect(back.output).toContain("`deploy.version` is 1 in Pulumi.local.yaml.");
    expect(checkout.read("Pulumi.local.yaml")).toMatch(/^ +version: 1$/m);
    expect(await stack.register()).toEqual(["2 kept", "1 serving"]);
    const forward = ["commands/rollback", "--stack", "local", "--to", "current"];
    expect(await onTerminal(checkout, ["details", "yes"], ...forward)).toSucceed();
    expect(checkout.read("Pulumi.local.yaml")).not.toMatch(/^ +version:/m);
    expect(await stack.serving()).toEqual(before);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 2, files: 4, jobsEverCreated: 2 });
  });
});
