import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { resourcesOfType } from "../../stack/stack-state";
import { Checkout } from "./checkout";

// One rehearsal goes through its whole life; each test takes up where the one before ended.
let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open();
});
afterAll(() => checkout.close());

/** Lines of a preview that name a resource that changes: sign, what happens and name, without URN's prefix. */
function changedResources(output: string): string[] {
  const lines = output.split("\n");
  return lines.flatMap((line, index) => {
    const header = /^\s*(\+\+|--|\+-|-\+|[+\-~])\s*([\w:.\-/]+): \(([\w-]+)\)/.exec(line);
    if (!header) return [];
    const urn = lines.slice(index, index + 4).find((below) => below.includes("[urn="));
    return [`${header[1]} ${header[3]} ${urn ? urn.slice(urn.lastIndexOf("::") + 2).replace("]", "") : header[2]}`];
  });
}

/**
 * The counts of resources, without the summary of ours that follows. A line of a provider may come in between, since a
 * preview doesn't wait for what it prints.
 */
function stateOf(output: string): string {
  const counts = /Resources:\n([\s\S]*?)\n\s*\n/.exec(`${output}\n\n`)?.[1] ?? "";
  return counts
    .split(/\nStack local: /)[0]!
    .split("\n")
    .filter((line) => !/^\s*\[[\w-]+\b.*\]/.test(line))
    .join("\n");
}

/** In a log, nothing that was told stands twice, and nothing moves the cursor. */
function expectEachMessageOnce(output: string): void {
  const row = /^.*pulumi:pulumi:Stack \S+ creating \(\d+s\) /;
  const messages = output.split("\n").flatMap((line) => (row.test(line) ? [line.replace(row, "").trim()] : []));
  const told = [
    /^azure-native: stand-in plugin of local-azure/,
    /^\[plan\] Trains: 1 job/,
    /^\[fine-tuning-job \S+\] submitted ftjob-\w+$/,
    /^0% · uploading training_set-\w+\.jsonl \(\d+ kB\)$/,
    /^\[trained-model\] succeeded: /,
    /^\[chat-probe \S+\] responded in /,
  ];
  for (const message of told)
    expect([message, messages.filter((one) => message.test(one))]).toEqual([message, [expect.any(String)]]);
  expect(messages.filter((message, index) => message !== "" && messages.indexOf(message) !== index)).toEqual([]);
  for (const message of messages)
    expect([message, output.split(message).length - 1]).toEqual([message, message === "" ? expect.any(Number) : 1]);
  expect(output).not.toMatch(/Diagnostics:|[\r\u001b]/);
}

it("npm start goes from dataset to chat answer", async () => {
  const { code, output } = await checkout.run("commands/start");
  expect({ code, output }).toSucceed();
  expect(output).toMatch(/Done: \d+ created/);
  expect(output).toMatch(/training loss\s+\d+\.\d+ at step 1, \d+\.\d+ at step \d+/);
  expect(output).toMatch(/bill\s+[\d,]+,000 tokens billed/);
  expect(output).toMatch(/Q {2}What is artificial intelligence\?\nA {2}Artificial intelligence/);
  expect(output).toContain("npm run local -- destroy --yes");
  expectEachMessageOnce(output);
  await expect(checkout.counters()).resolves.toMatchObject({
    accounts: 1,
    deployments: 1,
    files: 3,
    jobs: 1,
    jobsEverCreated: 1,
  });
});

it("a second npm start says that nothing changed", async () => {
  const { code, output } = await checkout.run("commands/start");
  expect({ code, output }).toSucceed();
  expect(output).toMatch(/Nothing changed: all \d+ resources match the program\./);
});

it("npm run chat streams an answer of the deployed model", async () => {
  const chat = await checkout.run("commands/chat", "What is artificial intelligence?", "--stack", "local");
  expect(chat).toSucceed({ stdout: expect.stringMatching(/^Artificial intelligence/) });
});

it("the output lineage is the report's lineage card, but for what moves without the model", async () => {
  const { stdout } = await checkout.pulumi("stack", "output", "lineage", "--json");
  const lineage = JSON.parse(stdout) as { datasets: unknown[] };
  expect(lineage.datasets).toHaveLength(2);
  const card = await checkout.run("commands/report", "--json", "--stack", "local");
  expect(card).toSucceed();
  expect(JSON.parse(card.stdout)).toMatchObject(lineage);
});

it("a preview of what is there shows no change, the outputs included", async () => {
  const { code, output } = await checkout.pulumi("preview", "--diff", "--expect-no-changes");
  expect({ code, output }).toSucceed();
  expect(changedResources(output)).toEqual([]);
  expect(output).not.toMatch(/^Outputs:|^\s+[+~-] lineage/m);
});

it("the outputs become the lab's environment variables, and the deployment's", async () => {
  const { stdout } = await checkout.pulumi("stack", "output", "--shell", "--show-secrets");
  const script = `set -a; eval "$OUTPUTS"; set +a; compgen -e AZURE_OPENAI_ | sort`;
  const variables = execFileSync("bash", ["-c", script], {
    env: { PATH: process.env.PATH, OUTPUTS: stdout },
    encoding: "utf8",
  });
  expect(variables).toBe(
    ["AZURE_OPENAI_API_KEY", "AZURE_OPENAI_API_KEY_2", "AZURE_OPENAI_DEPLOYMENT", "AZURE_OPENAI_ENDPOINT", ""].join(
      "\n",
    ),
  );
});

describe("preview of one changed row", () => {
  let original: string;
  beforeAll(() => {
    original = checkout.read("data/training_set.jsonl");
    const added = original.trimEnd().split("\n").at(-1)!;
    checkout.write(
      "data/training_set.jsonl",
      `${original.trimEnd()}\n${added.replace(/"content":"([^"]+)"\}\]\}$/, '"content":"Changed."}]}')}\n`,
    );
  });
  afterAll(() => {
    checkout.write("data/training_set.jsonl", original);
    checkout.configure({ "deploy.switch": "recreate" });
  });

  it.each([
    ["recreate", "and requests fail in between"],
    ["blueGreen", "is deleted last, after the new one has responded"],
    ["inPlace", "replaces the old one in the deployment"],
  ])("with deploy.switch %s", async (mode, notice) => {
    checkout.configure({ "deploy.switch": mode });
    const { code, output } = await checkout.pulumi("preview", "--diff");
    expect({ code, output }).toSucceed();
    const rows = original.trimEnd().split("\n").length;
    expect(output).toMatch(/~ sha256\s*: "[0-9a-f]{64}" => "[0-9a-f]{64}"/);
    expect(output).toMatch(new RegExp(`~ examples\\s*: ${rows} => ${rows + 1}`));
    expect(output).toMatch(/~ sum\s*: \d+ => \d+/);
    expect(output).toContain(`deploy.switch is ${mode}: `);
    expect(output).toContain(notice);
    expect(output).toMatch(
      new RegExp(
        `\\[plan\\] Trains again: 1 job, \\$[\\d.]+ to \\$[\\d.]+, because data/training_set\\.jsonl changed \\(${rows} -> ${rows + 1} examples\\)[^]*\\[plan\\] Keeps the model of ftjob-\\w+ as version 1`,
      ),
    );
    expect(changedResources(output)).toMatchSnapshot();
    expect(stateOf(output)).toMatchSnapshot();
  });
});

it("a changed tag is one update and nothing else", async () => {
  checkout.configure({ "tags.team": "platform" });
  const preview = await checkout.pulumi("preview", "--diff");
  expect(changedResources(preview.output)).toEqual(["~ update openai-account"]);
  expect(preview.output).toMatch(/\[plan\] Trains nothing: the model of ftjob-\w+ is already trained/);
  const up = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect(up).toSucceed();
  expect(stateOf(up.output)).toMatch(/^\s*~ 1 updated\n\s*\d+ unchanged$/);
});

it("who has the roles by default may be named, and left out again, without any change", async () => {
  const assignments = resourcesOfType(await checkout.stackState(), "azure-native:authorization:RoleAssignment");
  const { principalId: id, principalType: type } = assignments[0]!.inputs as Record<string, string>;
  checkout.configure({ "roles.principals": [{ id, type }] });
  const named = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect(named).toSucceed();
  expect(stateOf(named.output)).toMatch(/^\s*\d+ unchanged$/);
  checkout.configure({ "roles.principals": [] });
  const leftOut = await checkout.pulumi("preview", "--diff");
  expect(leftOut).toSucceed();
  expect(changedResources(leftOut.output)).toEqual([]);
});

it("refresh of an untouched stack finds no change", async () => {
  const { code, output } = await checkout.pulumi("refresh", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  expect(stateOf(output)).toMatch(/^\s*\d+ unchanged$/);
});

it("a deployment deleted behind the stack's back is found, and redeployed without a new job", async () => {
  const state = await checkout.stackState();
  const { accountName, deploymentName } = resourcesOfType(state, "azure-native:cognitiveservices:Deployment")[0]!
    .inputs as Record<string, string>;
  await checkout.admin("DELETE", `/accounts/${accountName}/deployments/${deploymentName}`);
  const refresh = await checkout.pulumi("refresh", "--yes", "--skip-preview");
  expect(stateOf(refresh.output)).toMatch(/- 1 deleted/);
  const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
});

it("two commands at once share one rehearsal service", async () => {
  const [preview, chat] = await Promise.all([
    checkout.pulumi("preview"),
    checkout.run("commands/chat", "What is artificial intelligence?", "--stack", "local"),
  ]);
  expect(preview).toSucceed();
  expect(chat).toSucceed();
});

it("no key, token or dataset text stands in the state or in what any command printed", async () => {
  const exported = await checkout.pulumi("stack", "export");
  const shown = (await checkout.pulumi("stack", "output", "--json", "--show-secrets")).stdout;
  const { AZURE_OPENAI_API_KEY, AZURE_OPENAI_API_KEY_2 } = JSON.parse(shown) as Record<string, string>;
  const secrets = [
    AZURE_OPENAI_API_KEY!,
    AZURE_OPENAI_API_KEY_2!,
    checkout.cloud.clientSecret,
    checkout.cloud.adminToken,
  ];
  expect(secrets.filter((secret) => secret.length < 20)).toEqual([]);
  const probe = resourcesOfType(JSON.parse(exported.stdout) as never, finetuneType("ChatProbe"))[0]!.outputs!;
  const rows = checkout.read("data/training_set.jsonl").trimEnd().split("\n");
  const answers = rows.map((row) => (JSON.parse(row) as { messages: { content: string }[] }).messages.at(-1)!.content);
  // The probe's answer is shown on purpose, and so is that of chat: both ask the first row's question.
  const hidden = answers.filter((answer) => answer !== probe.answer && answer !== answers[0]);
  for (const text of [exported.stdout, checkout.transcript]) {
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(hidden.filter((answer) => text.includes(answer))).toEqual([]);
    expect(text).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}\./);
  }
});

it("destroy leaves nothing but the resource group", async () => {
  // With a refresh before it, which compares what is there without any program that would use it.
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview", "--refresh");
  expect({ code, output }).toSucceed();
  expect(output).not.toContain("in use again");
  expect(output).toMatch(/\[account-purge\] \S+ no longer exists; resource group ResourceGroup1 was kept/);
  await expect(checkout.admin("GET", "/requests")).resolves.toMatchObject({
    requests: expect.arrayContaining([
      expect.objectContaining({ method: "DELETE", path: expect.stringMatching(/\/fine_tuning\/jobs\/ftjob-/) }),
    ]),
  });
  await expect(checkout.counters()).resolves.toEqual({
    accounts: 0,
    deletedAccounts: 0,
    deployments: 0,
    roleAssignments: 0,
    files: 0,
    jobs: 0,
    uploads: 0,
    jobsEverCreated: 1,
    resourceGroups: 1,
  });
});

it("the committed settings are as they were", () => {
  expect(checkout.read("Pulumi.local.yaml")).not.toContain("encryptionsalt");
});
