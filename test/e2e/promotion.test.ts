import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import { resourcesOfType } from "../../stack/stack-state";
import { cognitiveServicesClient } from "./azure-clients";
import type { Checkout } from "./checkout";
import { writeCases } from "./evaluated-data";
import { OtherStacks } from "./other-stacks";
import { addExample, applySettings, deployed } from "./settings/deployed";
import { GROUP } from "./shared-account";

// One stack trains, and another one, with an account in another region, serves what it has trained. Each test takes up where the one before ended.
jest.setTimeout(300_000);

const PRODUCTION = "contoso-production";
let checkout: Checkout;
let stacks: OtherStacks;
beforeAll(async () => {
  checkout = await deployed({ "deploy.switch": "blueGreen", localAuth: false });
  await applySettings(checkout);
  stacks = await OtherStacks.of(checkout);
});
afterAll(() => checkout.close());

const settings = (promote: object, more: object = {}) => ({
  ...{ promote, location: "swedencentral", account: { name: PRODUCTION } },
  ...{ roles: { usagesReader: false }, deploy: { name: "tutor" }, probe: { maxTokens: 50, waitMinutes: 5 } },
  ...more,
});
const prod = async (...args: string[]) => {
  const { code, stdout, stderr } = await stacks.pulumi("prod", ...args);
  return { code, output: stdout + stderr };
};
const up = () => prod("up", "--yes", "--skip-preview");

/** The versions that the training stack has. */
async function trained(): Promise<ModelVersion[]> {
  const [register] = resourcesOfType(await checkout.stackState(), finetuneType("ModelVersions"));
  return (register!.outputs as { versions: ModelVersion[] }).versions;
}

/** The model that production serves, and of which account it is. */
async function served(): Promise<{ name?: string; source?: string }> {
  const found = [];
  for await (const one of cognitiveServicesClient(checkout.cloud).deployments.list(GROUP, PRODUCTION)) found.push(one);
  expect(found).toHaveLength(1);
  return found[0]!.properties!.model as { name?: string; source?: string };
}

it("promote.stack: the preview says which version of which stack, trained when from what, and that nothing is trained", async () => {
  await stacks.createStack("prod", settings({ stack: "local" }));
  const { code, output } = await prod("preview", "--diff");
  expect({ code, output }).toSucceed();
  const [version] = await trained();
  expect(output).toMatch(
    new RegExp(
      `Promotes version 1 of local \\(${version!.jobId}\\), trained \\d{4}-\\d\\d-\\d\\d .+ from gpt-4o-mini-2024-07-18 on \\d+ rows .+: nothing is trained here, \\$0`,
    ),
  );
  expect(output).not.toMatch(/finetune:(Dataset|TrainingFile|FineTuningJob|TrainedModel)\b/);
});

it("serves it in another account and region, without a file or a job there", async () => {
  const before = await checkout.counters();
  const { code, output } = await up();
  expect({ code, output }).toSucceed();
  const after = await checkout.counters();
  expect(after.jobsEverCreated).toBe(before.jobsEverCreated);
  expect(after.files).toBe(before.files);
  const [version] = await trained();
  expect(await served()).toMatchObject({
    name: version!.fineTunedModel,
    source: expect.stringMatching(/accounts/) as unknown,
  });
  expect(await prod("preview", "--expect-no-changes")).toSucceed();
});

describe("its commands", () => {
  it("report says what is promoted and where it was trained, and --json has it in the lineage", async () => {
    const [version] = await trained();
    const report = await stacks.run("prod", "commands/report");
    expect(report).toSucceed();
    const { stdout } = report;
    expect(stdout).toMatch(/promoted +version 1 of local, trained .+ from gpt-4o-mini-2024-07-18 on \d+ rows/);
    expect(stdout).toContain("To see its training report, run: npm run report -- --stack local");
    expect(stdout).toMatch(/hosting +\$1\.70 an hour/);
    const lineage = JSON.parse((await stacks.run("prod", "commands/report", "--json")).stdout) as object;
    expect(lineage).toMatchObject({
      promotedFrom: { stack: "local", version: 1, job: version!.jobId },
      model: { name: version!.fineTunedModel },
      register: { version: 1, status: "serving" },
    });
  });

  it("chat asks it, versions lists it, submit says that there is nothing to submit", async () => {
    const chat = await stacks.run("prod", "commands/chat", "What is a neural network?");
    expect(chat).toSucceed({ stderr: expect.stringContaining("Standard in swedencentral") as unknown });
    expect(chat.stdout.trim()).not.toBe("");
    const versions = await stacks.run("prod", "commands/versions");
    expect(versions.stdout).toMatch(/1 +│ serving, version 1 of local/);
    const submit = await stacks.run("prod", "commands/submit");
    expect(submit).toFail();
    expect(submit.stderr).toContain("stack prod deploys a model that local trained (promote.stack)");
  });
});

it("destroy of the stack that trained it is refused by name, and nothing is deleted", async () => {
  const before = await checkout.counters();
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toFail();
  const where = `as tutor-[0-9a-f]{6} in the account ${PRODUCTION} \\(resource group ${GROUP}\\)`;
  expect(output).toMatch(new RegExp(`the model \\S+ft-\\S+ ${where}`));
  expect(output).toContain("Nothing has been deleted.");
  // As the workflows ask it: refused before anything is listed, and read by the summary.
  const planned = await stacks.run("local", "commands/ci", "destroy", "--preview-only", "--json", "--non-interactive");
  expect(planned).toFail({ stdout: "" });
  expect(planned.stderr).toMatch(
    new RegExp(
      `^error: Models of this stack were promoted .+: version 1 \\(ftjob-\\w+\\) ${where}\\. Nothing has been deleted`,
    ),
  );
  expect(await checkout.counters()).toEqual(before);
});

it("promote.version keeps a version in production while the other stack trains on, which does not prune it", async () => {
  const [first] = await trained();
  stacks.configure("prod", settings({ stack: "local", version: 1 }));
  checkout.configure({ "retain.versions": 1 });
  addExample(checkout);
  const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  expect((await trained()).map(({ version, status }) => `${version} ${status}`)).toEqual(["2 serving", "1 kept"]);
  expect(await prod("preview", "--expect-no-changes")).toSucceed();
  expect(await served()).toMatchObject({ name: first!.fineTunedModel });
});

/** Settings of a production that evaluates what it promotes against what it serves. */
const evaluated = (minGain: number) =>
  settings(
    { stack: "local" },
    { evaluation: { enabled: true, cases: "cases.jsonl", against: ["serving"], minGain, maxUsd: 5 } },
  );

it("a version that does not pass in production is not deployed there: the earlier one serves, and nothing temporary is left", async () => {
  const [first] = (await trained()).slice(-1);
  const before = await checkout.counters();
  writeCases(checkout, "cases.jsonl");
  stacks.configure("prod", evaluated(0.9));
  const { code, output } = await up();
  expect({ code, output }).toFail();
  expect(output).toContain("Promotes version 2 of local");
  expect(output).toMatch(
    /\[plan\] Evaluates the model on 24 cases against the serving model, on 1 temporary deployment \(Standard\): about \$1\.\d\d/,
  );
  expect(output).toMatch(
    /error: .*Version 2 \(\S+\) did not pass its evaluation: its gain over the serving model is \S+, below evaluation\.minGain 0\.9 .* Version 1 remains deployed\. To clear this error, change a threshold in `evaluation` \(no charge\), or set `promote\.version` to a version of local other than 2 \(nothing is trained\)/,
  );
  // Of one deployment alone.
  expect(await served()).toMatchObject({ name: first!.fineTunedModel });
  expect(await checkout.counters()).toEqual(before);
});

it("without promote.version the next up promotes what serves now, if it passes, and the first version is pruned after that", async () => {
  stacks.configure("prod", evaluated(-1));
  const { code, output } = await up();
  expect({ code, output }).toSucceed();
  // It was asked already.
  expect(output).not.toContain("Evaluates the model on");
  const [newest] = await trained();
  expect(await served()).toMatchObject({ name: newest!.fineTunedModel });
  expect(await checkout.pulumi("up", "--yes", "--skip-preview")).toSucceed();
  expect((await trained()).map(({ version }) => version)).toEqual([2]);
});

describe("at preview", () => {
  it.each<[string, object, object, RegExp]>([
    [
      "a version that is gone",
      { stack: "local", version: 1 },
      {},
      /promote\.version is 1, but local has no such version\. Set it to one of these: 2 /,
    ],
    ["a stack that is not there", { stack: "staging" }, {}, /staging/],
    [
      "a region that cannot serve it",
      { stack: "local" },
      { location: "japaneast", account: { name: "contoso-japan" } },
      /models tuned from gpt-4o-mini-2024-07-18 can't be deployed in japaneast as Standard/,
    ],
    ["settings of a training", { stack: "local" }, { seed: 7 }, /seed is set, but promote\.stack is "local"/],
  ])("%s is refused", async (_name, promote, more, sentence) => {
    stacks.configure("prod", settings(promote, more));
    const { code, output } = await prod("preview");
    expect({ code, output }).toFail();
    expect(output).toMatch(sentence);
    expect(output).not.toMatch(/\n\s+at .+\.ts:\d+/);
  });

  it("a stack that has no register is refused", async () => {
    await stacks.createStack("empty", {});
    stacks.configure("prod", settings({ stack: "empty" }));
    expect((await prod("preview")).output).toMatch(/promote\.stack is "empty", but that stack has no list of versions/);
  });
});

it("a stack goes over to a training of its own and back, under recreate: nothing is trained twice", async () => {
  const recreate = { deploy: { name: "tutor", switch: "recreate" } };
  const over = async (promote: object, says: RegExp, jobs: number) => {
    stacks.configure("prod", settings(promote, recreate));
    const before = await checkout.counters();
    const run = await up();
    expect(run).toSucceed({ output: expect.stringMatching(says) as unknown });
    const after = await checkout.counters();
    expect(after.jobsEverCreated - before.jobsEverCreated).toBe(jobs);
    expect(after.deployments).toBe(before.deployments);
    return served();
  };
  const own = await over({}, /Trains: 1 job/, 1);
  expect(own.source).toBeUndefined();
  const [newest] = await trained();
  stacks.configure("prod", settings({ stack: "local" }, recreate));
  expect((await prod("preview")).output).toContain("Promotes version 2 of local");
  expect(await over({ stack: "local" }, /Promotes version 2 of local/, 0)).toMatchObject({
    ...{ name: newest!.fineTunedModel, source: expect.stringMatching(/accounts/) as unknown },
  });
  expect(await over({}, /Trains nothing|Returns to version|takes over/i, 0)).toEqual(own);
  expect(await prod("preview", "--expect-no-changes")).toSucceed();
});

it("once production is destroyed, so can be what it was trained by", async () => {
  const gone = await prod("destroy", "--yes", "--skip-preview");
  expect(gone).toSucceed();
  expect(gone.output).not.toMatch(/deleted with its model/);
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 0, jobs: 0 });
});
