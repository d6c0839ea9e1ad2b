import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { resourcesOfType } from "../../stack/stack-state";
import type { Checkout } from "./checkout";
import { deployed } from "./settings/deployed";

// Microsoft upgrades an account of kind OpenAI to Foundry behind the stack's back. Each test takes up where the one before ended.
let checkout: Checkout;
let accountName: string;
beforeAll(async () => {
  checkout = await deployed();
  accountName = String((await outputs()).accountName);
  await checkout.admin("POST", `/accounts/${accountName}/upgrade`);
});
afterAll(() => checkout.close());

const up = () => checkout.pulumi("up", "--yes", "--skip-preview");
const NOTE = /Account \S+ is of kind AIServices .+ to which Azure upgrades accounts of kind OpenAI automatically/g;

async function outputs(): Promise<Record<string, unknown>> {
  return resourcesOfType(await checkout.stackState(), "pulumi:pulumi:Stack")[0]!.outputs as Record<string, unknown>;
}

/** What the last update has sent, and what the account answered to it. */
async function account() {
  const { inputs, outputs } = resourcesOfType(
    await checkout.stackState(),
    "azure-native:cognitiveservices:Account",
  )[0]!;
  return { inputs: inputs as Record<string, unknown>, outputs: outputs as Record<string, unknown> };
}

it("a preview shows no change, and says once what happened", async () => {
  const preview = await checkout.pulumi("preview", "--diff", "--expect-no-changes");
  expect(preview).toSucceed();
  expect(preview.output.match(NOTE)).toHaveLength(1);
});

it("up changes nothing, its outputs included", async () => {
  const before = await outputs();
  const result = await up();
  expect(result).toSucceed();
  expect(result.output).not.toMatch(/\d+ (updated|replaced|created)/);
  expect((await outputs()).AZURE_OPENAI_ENDPOINT).toBe(before.AZURE_OPENAI_ENDPOINT);
  expect(String(before.AZURE_OPENAI_ENDPOINT)).toContain("/accounts/");
});

it("an update for another reason keeps the kind, though the state has never seen it", async () => {
  expect((await account()).inputs).toMatchObject({ kind: "OpenAI" });
  checkout.configure({ "tags.team": "platform" });
  expect(await up()).toSucceed();
  expect((await account()).outputs).toMatchObject({
    kind: "AIServices",
    identity: { type: "SystemAssigned" },
    tags: { team: "platform" },
    properties: { allowProjectManagement: true },
  });
  expect(await checkout.pulumi("preview", "--expect-no-changes")).toSucceed();
});

it("after a refresh there is no change either, and an update keeps the kind", async () => {
  expect(await checkout.pulumi("refresh", "--yes", "--skip-preview")).toSucceed();
  expect(await checkout.pulumi("preview", "--diff", "--expect-no-changes")).toSucceed();
  checkout.configure({ "tags.team": "models" });
  expect(await up()).toSucceed();
  expect((await account()).outputs).toMatchObject({ kind: "AIServices", tags: { team: "models" } });
});

it("the data plane goes on: a refresh finds files, job and model, and the model answers", async () => {
  expect(await checkout.pulumi("preview", "--refresh", "--expect-no-changes")).toSucceed();
  const chat = await checkout.run("commands/chat", "What is artificial intelligence?", "--stack", "local");
  expect(chat).toSucceed({ stdout: expect.stringMatching(/^Artificial intelligence/) });
  await expect(checkout.counters()).resolves.toMatchObject({ jobsEverCreated: 1, files: 3, deployments: 1 });
});

it("Weights & Biases is refused with the reason, before anything is done", async () => {
  checkout.configure({ integrations: [{ type: "wandb", project: "tuning" }] });
  const { code, output } = await checkout.pulumi("preview");
  expect({ code, output }).toFail();
  expect(output).toMatch(/Weights & Biases \(wandb\), which Azure does not offer on Foundry accounts/);
  checkout.configure({ integrations: [] });
});

it("destroy leaves nothing", async () => {
  expect(await checkout.pulumi("destroy", "--yes", "--skip-preview")).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 0, deletedAccounts: 0, roleAssignments: 0 });
});
