import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { cacheDirectory } from "../../datasets/cache/directory";
import { resourcesOfType } from "../../stack/stack-state";
import { crash } from "../crash/crash";
import { pace } from "../crash/reference";
import { pollChat } from "./chat-poller";
import { Checkout } from "./checkout";

// One stack goes from model to model; each test takes up where the one before ended.
/** Stand in rows that the probe's question cannot reach. */
const canaries = ["canary-7f3a91c2d8", "canary-b05e6644aa", "canary-19cd77e3f0"];
const canaryRow = (canary: string) =>
  `${JSON.stringify({
    messages: [
      { role: "user", content: `Which bird sings ${canary} in the mine?` },
      { role: "assistant", content: `The yellow one called ${canary}, before the gas comes.` },
    ],
  })}\n`;

let checkout: Checkout;
let datasetA: string;
let datasetB: string;
beforeAll(async () => {
  checkout = await Checkout.open(pace);
  datasetA = checkout.read("data/training_set.jsonl") + canaryRow(canaries[0]!);
  datasetB = datasetA + canaryRow(canaries[1]!);
  checkout.configure({ "deploy.switch": "blueGreen", "retain.versions": 1 });
});
afterAll(() => checkout.close());

const use = (dataset: string) => checkout.write("data/training_set.jsonl", dataset);
const up = () => checkout.pulumi("up", "--yes", "--skip-preview");

/** What the stack has since the last `up` that succeeded. */
async function current(): Promise<{ deploymentName?: string; jobId: string }> {
  const state = await checkout.stackState();
  const outputs = resourcesOfType(state, "pulumi:pulumi:Stack")[0]!.outputs as Record<string, string>;
  return { deploymentName: outputs.deploymentName, jobId: outputs.jobId! };
}

async function upSucceeds(): Promise<{ deploymentName?: string; jobId: string; output: string }> {
  const { code, output } = await up();
  expect({ code, output }).toSucceed();
  return { ...(await current()), output };
}

describe("blueGreen", () => {
  it("every chat request is answered all through the switch, by the old and then by the new name", async () => {
    use(datasetA);
    const old = await upSucceeds();
    const poller = pollChat(checkout, old.deploymentName!);
    use(datasetB);
    const { deploymentName } = await upSucceeds();
    await poller.stop();
    expect(deploymentName).not.toBe(old.deploymentName);
    expect(poller.failed).toEqual([]);
    expect(Object.keys(poller.answered)).toEqual([old.deploymentName, deploymentName]);
    expect(poller.answered[old.deploymentName!]).toBeGreaterThan(5);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, files: 3, jobsEverCreated: 2 });
  });
});

describe("16 idle days", () => {
  it("exactly the deployment is redeployed and probed; nothing is trained", async () => {
    await checkout.admin("POST", "/clock", { advanceMs: 16 * 24 * 3600 * 1000 });
    const refresh = await checkout.pulumi("refresh", "--yes", "--skip-preview");
    expect(refresh.output).toMatch(/ - 1 deleted\n/);
    const { output } = await upSucceeds();
    expect(output).toMatch(/\+ {2}azure-native:cognitiveservices:Deployment serving-deployment created/);
    expect(output).toMatch(/~ {2}pulumi-nodejs:dynamic\/finetune:ChatProbe serving-probe updated/);
    expect(output).toMatch(/\+ 1 created\n\s+~ 1 updated\n\s+2 changes\. \d+ unchanged/);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, jobsEverCreated: 2 });
  });
});

describe("to another model that fails, and back again", () => {
  let jobOfB: string;

  it("at the gate, with a deployment: the old one keeps serving, and is taken up again", async () => {
    const before = await current();
    jobOfB = before.jobId;
    use(datasetA);
    checkout.configure({ "deploy.gate": { maxValidationLoss: 0.0001 } });
    const poller = pollChat(checkout, before.deploymentName!);
    const { code, output } = await up();
    await poller.stop();
    expect({ code, output }).toFail();
    expect(output).toMatch(
      /does not pass `deploy\.gate`: its validation loss is [\d.]+, above maxValidationLoss 0\.0001/,
    );
    expect(poller.failed).toEqual([]);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 2, jobsEverCreated: 3 });

    use(datasetB);
    checkout.configure({ "deploy.gate": {} });
    const after = await upSucceeds();
    expect(after).toMatchObject({ jobId: jobOfB, deploymentName: before.deploymentName });
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, files: 3, jobsEverCreated: 3 });
  });

  it("cut off when its deployment was made: recover brings the old one back, which has answered all the time", async () => {
    const before = await current();
    use(datasetA);
    const poller = pollChat(checkout, before.deploymentName!);
    const match = "^PUT .*/deployments/";
    await crash(checkout, { command: "up", match, request: 1, when: "after", victim: "tree" });
    const recovered = await checkout.run("commands/recover", "--stack", "local");
    expect(recovered).toSucceed();
    expect(recovered.output).toMatch(/has replaced .+, which the next up deletes\. To keep the old one/);

    use(datasetB);
    const { code, output } = await up();
    expect({ code, output }).toFail();
    expect(output).toContain("cannot create already existing resource");
    const back = await checkout.run("commands/recover", "--stack", "local", "--back");
    expect(back).toSucceed();
    const after = await upSucceeds();
    await poller.stop();
    expect(after).toMatchObject({ jobId: before.jobId, deploymentName: before.deploymentName });
    expect(poller.failed).toEqual([]);
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobs: 1, files: 3, jobsEverCreated: 4 });
  });

  it("in its training, without a deployment", async () => {
    checkout.configure({ "deploy.enabled": false });
    await upSucceeds();
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 0, jobs: 1, jobsEverCreated: 4 });
    const { accountName } = resourcesOfType(await checkout.stackState(), "azure-native:cognitiveservices:Account")[0]!
      .inputs as { accountName: string };
    await checkout.admin("POST", `/accounts/${accountName}/job-faults`, { outcome: "fail-training" });
    use(datasetA);
    const { code, output } = await up();
    expect({ code, output }).toFail();
    expect(output).toMatch(/ftjob-\w+ failed: .+ increase `training.retry`/);

    use(datasetB);
    expect(await upSucceeds()).toMatchObject({ jobId: jobOfB });
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 0, jobs: 1, files: 3, jobsEverCreated: 5 });
  });
});

it("no row of the dataset, key or token is anywhere but in the dataset and on the account", async () => {
  // A diff, and an error about a row: both must name it without its text.
  use(datasetB + canaryRow(canaries[2]!));
  expect((await checkout.pulumi("preview", "--diff", "--debug")).output).toMatch(/~ examples\s*: \d+ => \d+/);
  expect((await checkout.pulumi("preview", "--json")).stdout).toContain('"changeSummary"');
  use(datasetB + canaryRow(canaries[2]!).replace('"assistant"', '"assistent"'));
  expect((await checkout.pulumi("preview")).output).toMatch(/line \d+/);
  use(datasetB);
  const exported = (await checkout.pulumi("stack", "export")).stdout;
  const { clientSecret, adminToken } = checkout.cloud;
  const secrets = [...canaries, clientSecret, adminToken];
  const found = (where: string, text: string) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${where}: ${secret}`);
  const files = [
    ...filesBelow(path.join(checkout.folder, ".local")),
    ...filesBelow(path.join(cacheDirectory(), "datasets")),
  ];
  expect(files.length).toBeGreaterThan(5);
  expect([
    ...found("state export", exported),
    ...found("what was printed", checkout.transcript),
    ...files.flatMap((file) => found(file, readFileSync(file, "latin1"))),
  ]).toEqual([]);
  expect(exported + checkout.transcript).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}\./);
});

it("destroy leaves nothing", async () => {
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  expect(output).toMatch(/\[account-purge\] \S+ no longer exists; resource group ResourceGroup1 was kept/);
  const none = { accounts: 0, deletedAccounts: 0, deployments: 0, roleAssignments: 0, files: 0, jobs: 0, uploads: 0 };
  await expect(checkout.counters()).resolves.toMatchObject({ ...none, jobsEverCreated: 5 });
});

/** Every file, but those of the rehearsal service, which stands for the cloud. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const service = path.join(checkout.folder, ".local", "azure");
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(service))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
