import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { BlobServiceClient, type ContainerClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { ACCOUNT, Azurite } from "../azurite/start";
import { trustAuthority } from "../support/trust";
import { Checkout } from "./checkout";

// The backend of a team without Pulumi Cloud (docs/azure.md), in Azurite. Pulumi signs in by the account's key: its sign-in by a token asks
// login.microsoftonline.com about any other authority, and has no variable against that.
let checkout: Checkout;
let azurite: Azurite;
let container: ContainerClient;

const STATE = ".pulumi/stacks/azure-openai-finetune/dev.json";

beforeAll(async () => {
  checkout = await Checkout.open({ rbacLagSeconds: 0 });
  const folder = path.join(checkout.folder, ".local", "azure");
  azurite = await Azurite.start({ cert: path.join(folder, "server.pem"), key: path.join(folder, "server-key.pem") });
  trustAuthority(readFileSync(path.join(folder, "ca.pem"), "utf8"));
  const key = new StorageSharedKeyCredential(ACCOUNT, azurite.key);
  container = new BlobServiceClient(`${azurite.endpoint}/${ACCOUNT}`, key).getContainerClient("state");
  await container.create();
  checkout.write("Pulumi.dev.yaml", checkout.read("Pulumi.local.yaml"));
  const { PULUMI_STACK: _, PULUMI_CONFIG_PASSPHRASE_FILE: __, ...rehearsal } = await checkout.rehearsalEnvironment();
  const query = {
    storage_account: ACCOUNT,
    protocol: "https",
    domain: new URL(azurite.endpoint).host,
    localemu: "true",
  };
  checkout.env = {
    ...rehearsal,
    PULUMI_BACKEND_URL: `azblob://state?${new URLSearchParams(query).toString()}`,
    PULUMI_CONFIG_PASSPHRASE: "for tests",
    AZURE_STORAGE_ACCOUNT: ACCOUNT,
    AZURE_STORAGE_KEY: azurite.key,
  };
  const { code, output } = await pulumi("stack", "init", "dev");
  if (code !== 0) throw new Error(output);
});
afterAll(async () => {
  await azurite.stop();
  await checkout.close();
});

const pulumi = (...args: string[]) => checkout.run("commands/stack-command", ...args);
const blobs = async (prefix: string) => {
  const names: string[] = [];
  for await (const { name } of container.listBlobsFlat({ prefix })) names.push(name);
  return names;
};
const state = async () => (await container.getBlobClient(STATE).downloadToBuffer()).toString();

it("an up keeps its state there, without a secret in it, and leaves no lock", async () => {
  expect(await pulumi("up", "--yes", "--skip-preview")).toSucceed();
  const text = await state();
  expect(text).toMatch(/"jobId": ?"ftjob-/);
  expect(text).not.toContain(checkout.cloud.clientSecret);
  expect(text).not.toContain(azurite.key);
  await expect(blobs(".pulumi/locks/")).resolves.toEqual([]);
  await expect(checkout.counters()).resolves.toMatchObject({ deployments: 1, jobsEverCreated: 1 });
});

it("another run continues from it: nothing is trained again", async () => {
  const { code, output } = await pulumi("preview");
  expect({ code, output }).toSucceed();
  expect(output).toContain("Stack dev: No change.");
  const versions = await checkout.run("commands/versions", "--stack", "dev");
  expect(versions).toSucceed();
  expect(versions.output).toMatch(/\b1 +│ serving/);
});

it("a run that finds the stack locked stops before anything is changed", async () => {
  const before = await state();
  const lock = ".pulumi/locks/organization/azure-openai-finetune/dev/someone-else.json";
  const held = JSON.stringify({
    pid: 1,
    username: "someone",
    hostname: "elsewhere",
    timestamp: "2026-11-28T08:00:00Z",
  });
  await container.getBlockBlobClient(lock).upload(held, held.length);
  const { code, output } = await pulumi("up", "--yes", "--skip-preview");
  expect({ code, output }).toFail();
  expect(output).toContain("the stack is currently locked by 1 lock(s)");
  await expect(state()).resolves.toBe(before);
  await container.deleteBlob(lock);
});

it("a destroy leaves nothing in Azure", async () => {
  expect(await pulumi("destroy", "--yes", "--skip-preview")).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 0, deployments: 0 });
  expect(JSON.parse(await state())).toMatchObject({ checkpoint: { latest: { manifest: {} } } });
  await expect(blobs(".pulumi/locks/")).resolves.toEqual([]);
});
