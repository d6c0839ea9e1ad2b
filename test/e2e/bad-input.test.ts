import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { cognitiveServicesClient } from "./azure-clients";
import { Checkout } from "./checkout";

let checkout: Checkout;
let settings: string;
beforeAll(async () => {
  checkout = await Checkout.open();
  settings = checkout.read("Pulumi.local.yaml");
});
afterEach(() => checkout.write("Pulumi.local.yaml", settings));
afterAll(() => checkout.close());

const row = (messages: object[]) => `${JSON.stringify({ messages })}\n`;
const good = row([
  { role: "user", content: "What is a model?" },
  { role: "assistant", content: "A function that was fitted to data." },
]);

/** No stack trace, whatever went wrong. */
function expectSentence(output: string, sentence: RegExp): void {
  expect(output).toMatch(sentence);
  expect(output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
}

describe("a dataset that can't be used stops the preview with file, line and reason", () => {
  test.each<[string, string | Buffer | undefined, RegExp]>([
    ["missing", undefined, /There is no file .data\/bad\.jsonl./],
    ["empty", "", /data\/bad\.jsonl has 1 error:\s+The file holds no examples/],
    ["not UTF-8", Buffer.concat([Buffer.from(good.repeat(10)), Buffer.from([0xff, 0xfe, 0x0a])]), /line 11.*UTF-8/],
    ["bad JSON on a line", good.repeat(2) + "{oh\n" + good.repeat(10), /line 3.*JSON/],
    [
      "a row without an assistant message",
      good.repeat(11) + row([{ role: "user", content: "?" }]),
      /line 12.*assistant/,
    ],
  ])("%s", async (_case, content, sentence) => {
    if (content !== undefined) checkout.write("data/bad.jsonl", content);
    checkout.configure({ "dataset.training": "data/bad.jsonl", "dataset.validation": "data/validation_set.jsonl" });
    const { code, output } = await checkout.pulumi("preview");
    expect(code).not.toBe(0);
    expectSentence(output, sentence);
  });
});

describe("a setting that can't be right stops the preview with its name", () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ["model not fine-tunable", { model: "text-embedding-3-small" }, /model.*text-embedding-3-small/],
    ["region without fine-tuning", { location: "westeurope" }, /location.*westeurope/],
    ["unknown switch", { "deploy.switch": "sometimes" }, /deploy\.switch.*(blueGreen|recreate|inPlace)/],
    ["wrong type", { localAuth: "perhaps" }, /localAuth/],
    [
      "unknown, in an object",
      { "deploy.capactiy": 3 },
      /deploy\.capactiy is not a setting\. Did you mean deploy\.capacity\?/,
    ],
    ["over the budget", { "budget.maxTrainingUsd": 0.01 }, /error: .* has a problem: Training would cost \$/],
    [
      "an unknown rule",
      { "dataset.rules": { "near-duplicat": "off" } },
      /has a problem: .*Did you mean 'near-duplicate'\?/,
    ],
  ])("%s", async (_case, changed, sentence) => {
    checkout.configure(changed);
    const { code, output } = await checkout.pulumi("preview");
    expect(code).not.toBe(0);
    expectSentence(output, sentence);
    // As Go prints a value: nobody's business.
    expect(output).not.toMatch(/map\[|value \{/);
  });

  test("set without --path: how to set it in the rehearsal", async () => {
    await checkout.pulumi("config", "set", "deploy.capacity", "3");
    const { output } = await checkout.pulumi("preview");
    const [, remove, set] = /Run `npm run local -- (.*)`, then `npm run local -- (.*)`\./.exec(output)!;
    for (const command of [remove, set])
      expect(await checkout.pulumi(...command!.split(" "))).toMatchObject({ code: 0 });
    expect(checkout.read("Pulumi.local.yaml")).toMatch(/^ {4}capacity: 3$/m);
    expect(await checkout.pulumi("preview")).toMatchObject({ code: 0 });
  });
});

describe("what Azure doesn't have or allow ends in a sentence and the way out", () => {
  function azureNative(name: string, value: string): void {
    checkout.write("Pulumi.local.yaml", `${settings.trimEnd()}\n  azure-native:${name}: ${value}\n`);
  }

  test("the resource group does not exist", async () => {
    checkout.configure({ resourceGroupName: "Nowhere" });
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expectSentence(output, /Nowhere.*does not exist.*az group create/);
  });

  test("the client secret is wrong", async () => {
    azureNative("clientSecret", "wrong");
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expectSentence(output, /AADSTS7000215|Invalid client secret/);
  });

  test("the cloud's endpoint can't be reached: no three minutes of silence", async () => {
    azureNative("metadataHost", "localhost:1");
    const started = Date.now();
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expectSentence(output, /localhost:1/);
    expect(Date.now() - started).toBeLessThan(45_000);
  });

  test("the account's name is soft-deleted", async () => {
    const accounts = cognitiveServicesClient(checkout.cloud).accounts;
    await accounts.beginCreateAndWait(
      "ResourceGroup1",
      "Gone",
      { location: "northcentralus", kind: "OpenAI", sku: { name: "S0" }, properties: { customSubDomainName: "gone" } },
      { updateIntervalInMs: 100 },
    );
    await accounts.beginDeleteAndWait("ResourceGroup1", "Gone", { updateIntervalInMs: 100 });
    checkout.configure({ account: { name: "Gone" } });
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expectSentence(output, /soft-deleted[\s\S]*purge[\s\S]*account\.name|FlagMustBeSetForRestore/);
  });

  test("the subdomain is taken", async () => {
    await cognitiveServicesClient(checkout.cloud).accounts.beginCreateAndWait(
      "ResourceGroup1",
      "Other",
      {
        location: "northcentralus",
        kind: "OpenAI",
        sku: { name: "S0" },
        properties: { customSubDomainName: "wanted" },
      },
      { updateIntervalInMs: 100 },
    );
    checkout.configure({ account: { name: "Wanted" } });
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expectSentence(output, /CustomDomainInUse|subdomain/i);
  });

  test("more capacity than the quota has; with less, the next up goes on with the same job", async () => {
    checkout.configure({ "deploy.capacity": 999_999 });
    const refused = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect(refused.code).not.toBe(0);
    expectSentence(refused.output, /InsufficientQuota|quota/i);
    checkout.write("Pulumi.local.yaml", settings);
    const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview");
    expect({ code, output }).toMatchObject({ code: 0 });
    await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
  });
});
