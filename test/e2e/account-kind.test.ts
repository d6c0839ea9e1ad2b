import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { resourcesOfType } from "../../stack/stack-state";
import { crash } from "../crash/crash";
import { cognitiveServicesClient } from "./azure-clients";
import type { Checkout } from "./checkout";
import { accountName, deployed } from "./settings/deployed";
import { GROUP } from "./shared-account";

// An account of kind OpenAI becomes a Foundry account by the setting. Each test takes up where the one before ended.
let checkout: Checkout;
let model: unknown;
let before: unknown;
beforeAll(async () => {
  checkout = await deployed();
  model = (await outputs()).fineTunedModel;
  before = await there();
});
afterAll(() => checkout.close());

async function succeeds(...args: string[]): Promise<string> {
  const result = await checkout.pulumi(...args);
  expect(result).toSucceed();
  return result.output;
}

async function outputs(): Promise<Record<string, unknown>> {
  return resourcesOfType(await checkout.stackState(), "pulumi:pulumi:Stack")[0]!.outputs as Record<string, unknown>;
}

/** What an upgrade leaves as it is: the account, as old as it was, with its keys; what is in it, not made again. */
async function there() {
  const { accounts, deployments } = cognitiveServicesClient(checkout.cloud);
  const name = await accountName(checkout);
  const found = [];
  for await (const one of deployments.list(GROUP, name)) found.push([one.name, one.systemData?.createdAt]);
  const { id, location, systemData } = await accounts.get(GROUP, name);
  const { jobsEverCreated, files, roleAssignments } = await checkout.counters();
  const keys = await accounts.listKeys(GROUP, name);
  return { id, location, createdAt: systemData?.createdAt, keys, found, jobsEverCreated, files, roleAssignments };
}

const UPGRADE = "^PUT .*/accounts/[^/]+$";

it("a preview says what the upgrade means, and changes the account alone, in place", async () => {
  checkout.configure({ "account.kind": "AIServices" });
  const output = await succeeds("preview", "--diff");
  expect(output).toMatch(/will be upgraded in place from kind OpenAI to AIServices .+ nothing is trained\./);
  expect(output).toMatch(/~ 1 to update/);
  expect(output).not.toMatch(/to (replace|create|delete)/);
});

it.each(["before", "after"] as const)(
  "an up that is killed right %s the write of the upgrade has lost nothing",
  async (when) => {
    const { at } = await crash(checkout, { command: "up", match: UPGRADE, request: 1, when, victim: "tree" });
    expect(at).toMatch(new RegExp(UPGRADE));
    expect(await there()).toEqual(before);
    expect(await checkout.run("commands/recover", "--stack", "local")).toSucceed();
  },
);

it("the next up finds it upgraded: the same model, nothing trained", async () => {
  expect(await succeeds("up", "--yes", "--skip-preview")).not.toMatch(/\d+ (updated|replaced|created|deleted)/);
  const [account] = resourcesOfType(await checkout.stackState(), "azure-native:cognitiveservices:Account");
  expect(account!.outputs).toMatchObject({
    kind: "AIServices",
    identity: { type: "SystemAssigned" },
    properties: { allowProjectManagement: true },
  });
  expect((await outputs()).fineTunedModel).toBe(model);
  expect(await there()).toEqual(before);
  expect(await succeeds("preview", "--expect-no-changes")).not.toMatch(/will be upgraded|of kind AIServices/);
});

it("the model answers", async () => {
  const chat = await checkout.run("commands/chat", "What is artificial intelligence?", "--stack", "local");
  expect(chat).toSucceed();
  expect(chat.stdout).toMatch(/^Artificial intelligence/);
});

it.each([
  ["without the setting the account stays what it is", undefined, /Account \S+ is of kind AIServices/],
  [
    "an upgrade is not taken back, and a preview says so",
    "OpenAI",
    /account\.kind is OpenAI, but account \S+ is of kind AIServices/,
  ],
])("%s", async (_name, kind, words) => {
  checkout.configure({ "account.kind": kind });
  expect(await succeeds("preview", "--diff", "--expect-no-changes")).toMatch(words);
});

it("destroy leaves nothing", async () => {
  await succeeds("destroy", "--yes", "--skip-preview");
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 0, deletedAccounts: 0, roleAssignments: 0 });
});
