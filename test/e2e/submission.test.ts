import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { resourcesOfType } from "../../stack/stack-state";
import { pace } from "../crash/reference";
import { cognitiveServicesClient } from "./azure-clients";
import { Checkout } from "./checkout";

// A job that nobody waits for at first; each test takes up where the one before ended.
jest.setTimeout(180_000);

let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open({ ...pace, trainingSeconds: 1_200 });
});
afterAll(() => checkout.close());

const submitted = { accounts: 1, deployments: 0, jobs: 1, jobsEverCreated: 1 };
const later = (seconds: number) => checkout.admin("POST", "/clock", { advanceMs: seconds * 1000 });
const up = () => checkout.pulumi("up", "--yes", "--skip-preview");

it("npm run submit ends well as soon as the job is submitted, and leaves the settings as they were", async () => {
  const settings = checkout.read("Pulumi.local.yaml");
  const { code, output } = await checkout.run("commands/submit", "--stack", "local");
  expect({ code, output }).toSucceed();
  expect(output).toMatch(/submitted ftjob-\w+; run again to continue/);
  expect(output).toContain("Submitted. The job runs without this machine; the next `up` waits for it");
  expect(checkout.read("Pulumi.local.yaml")).toBe(settings);
  await expect(checkout.counters()).resolves.toMatchObject(submitted);
});

it("once more while it trains, it submits nothing and ends as well", async () => {
  const { code, output } = await checkout.run("commands/submit", "--stack", "local");
  expect({ code, output }).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject(submitted);
});

it("training.wait: false by itself is an up that fails with that one sentence, and deletes nothing", async () => {
  checkout.configure({ "training.wait": false });
  const { code, output } = await up();
  checkout.configure({ "training.wait": true });
  expect({ code, output }).toFail();
  expect(output.match(/(?<=^\s+\* ).*/gm)).toEqual([
    expect.stringMatching(/^submitted ftjob-\w+; run again to continue$/),
  ]);
  expect(output).not.toMatch(/ deleted/);
  await expect(checkout.counters()).resolves.toMatchObject(submitted);
});

it("another failure is no submission", async () => {
  const training = checkout.read("data/training_set.jsonl");
  checkout.write("data/training_set.jsonl", training.replace('"assistant"', '"assistent"'));
  const { code, output } = await checkout.run("commands/submit", "--stack", "local");
  checkout.write("data/training_set.jsonl", training);
  expect({ code, output }).toFail();
  expect(output).not.toContain("Submitted.");
});

it("the preview of the next up says that it only waits", async () => {
  const { code, output } = await checkout.pulumi("preview");
  expect({ code, output }).toSucceed();
  expect(output).toMatch(/\[plan\] Trains nothing new: ftjob-\w+ was \w+ when last seen; up only waits for it to end/);
  expect(output).toMatch(/finetune:TrainedModel\s+finetune-model\s+update/);
  expect(output).not.toMatch(/FineTuningJob\s+finetune-job\s+(create|replace|update)/);
});

it("a job that somebody else paused is resumed by no up, even after a refresh, and no workflow goes on by itself", async () => {
  await later(300);
  const { accountName } = resourcesOfType(await checkout.stackState(), "azure-native:cognitiveservices:Account")[0]!
    .inputs as Record<string, string>;
  const jobId = resourcesOfType(await checkout.stackState(), finetuneType("FineTuningJob"))[0]!.id!;
  await checkout.admin("POST", `/accounts/${accountName!}/jobs/${jobId}/fault`, { outcome: "pause" });
  await later(100);
  expect(await checkout.pulumi("refresh", "--yes", "--skip-preview")).toSucceed();
  const paused = await up();
  expect(paused).toFail();
  expect(paused.output).toMatch(/ftjob-\w+ is paused, and this stack has no record of pausing it/);
  expect(paused.output).not.toMatch(/resuming ftjob-|FineTuningJob/);
  const preview = await checkout.pulumi("preview", "--json");
  checkout.write("preview.json", preview.output);
  const { output } = await checkout.run("commands/preview-summary", "preview.json", "--verdict");
  expect(output.trim()).toBe("blocked");
});

it("what resumes it is training.paused, set to true and back", async () => {
  checkout.configure({ "training.paused": true });
  expect((await up()).output).toMatch(/ftjob-\w+ is already paused; setting training\.paused to false will resume it/);
  checkout.configure({ "training.paused": false, "training.wait": false });
  expect((await up()).output).toMatch(/resuming ftjob-[^]*submitted ftjob-\w+; run again to continue/);
  checkout.configure({ "training.wait": true });
});

it("the job is paused by the settings, and resumed by them", async () => {
  await later(10);
  checkout.configure({ "training.paused": true });
  const paused = await up();
  expect(paused).toFail();
  expect(paused.output).toMatch(/pausing ftjob-/);
  expect(paused.output).toMatch(/ftjob-\w+ is paused\. Set `training\.paused` to false/);
  await later(24 * 3_600);
  checkout.configure({ "training.paused": false });
  const { child, end } = checkout.start("commands/local", "up", "--yes", "--skip-preview");
  let output = "";
  child.stdout!.on("data", (text: string) => (output += text));
  while (!/running \d+\w+/.test(output)) await new Promise((resolve) => setTimeout(resolve, 50));
  // Shorter than a token's life: the clock of whoever holds one doesn't jump.
  await later(1_200);
  expect({ code: (await end).code, output }).toSucceed();
  expect(output).toMatch(/resuming ftjob-/);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, jobsEverCreated: 1 });
});

it("with nothing to wait for, npm run submit is an up without changes", async () => {
  const { code, output } = await checkout.run("commands/submit", "--stack", "local");
  expect({ code, output }).toSucceed();
  expect(output).not.toContain("Submitted.");
  expect(output).toContain("Nothing to submit: the job for these settings has finished");
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
});

it("destroy stops at somebody else's deployment, by its name, before the first delete", async () => {
  const { accountName, resourceGroupName } = resourcesOfType(
    await checkout.stackState(),
    "azure-native:cognitiveservices:Account",
  )[0]!.inputs as Record<string, string>;
  const { deployments } = cognitiveServicesClient(checkout.cloud);
  const poll = { updateIntervalInMs: 20 };
  const search = {
    sku: { name: "Standard", capacity: 1 },
    properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } },
  };
  await deployments.beginCreateOrUpdateAndWait(resourceGroupName!, accountName!, "search", search, poll);
  const stopped = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect(stopped).toFail();
  expect(stopped.output).toMatch(
    /still has deployments that do not belong to this stack: search\. Nothing has been deleted\. Delete them first/,
  );
  expect(stopped.output).toMatch(/az cognitiveservices account deployment delete .+ -n \S+ --deployment-name search\s/);
  await expect(checkout.counters()).resolves.toMatchObject({
    accounts: 1,
    deployments: 2,
    jobs: 1,
    files: 3,
    roleAssignments: 4,
  });
  await deployments.beginDeleteAndWait(resourceGroupName!, accountName!, "search", poll);
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  expect(output).toContain(`[account-purge] ${accountName!} no longer exists; resource group`);
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 0, deletedAccounts: 0, roleAssignments: 0 });
});
