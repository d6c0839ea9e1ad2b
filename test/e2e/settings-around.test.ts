import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Checkout } from "./checkout";
import { deployed } from "./settings/deployed";
import { previewThenUp } from "./settings/expect-same";

// What is around the account, as far as the rehearsal has it; the rest it refuses before anything is made. None of it trains or replaces anything.
jest.setTimeout(300_000);

const KEY = { keyVaultUri: "https://contoso.vault.azure.net", keyName: "tuning", keyVersion: "0123abcd" };
const IDENTITY =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/tuner";
const SUBNET =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/ai";
const ZONE =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/privatelink.openai.azure.com";
const WORKSPACE =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w";
const CLIENT = "11111111-2222-3333-4444-555555555555";

let checkout: Checkout;
beforeAll(async () => {
  checkout = await deployed();
});
afterAll(() => checkout.close());

describe("encryption and identity", () => {
  it("encryption.keyVaultUri, encryption.keyName, encryption.keyVersion with identity.systemAssigned: one update of the account", async () => {
    checkout.configure({ "identity.systemAssigned": true, encryption: KEY });
    const { said, done } = await previewThenUp(checkout);
    expect(said.verdict).toBe("changes");
    const key = ["keyName", "keyVaultUri", "keyVersion"].map(
      (one) => `properties.encryption.keyVaultProperties.${one}`,
    );
    expect(said.changes).toEqual({
      "openai-account": {
        operation: "update",
        properties: ["identity.type", "properties.encryption.keySource", ...key],
        later: [],
      },
    });
    expect(said.markdown).toContain("The account is encrypted with a key of your own.");
    expect(done.writes).toHaveLength(1);
  });

  it("encryption.identityClientId with identity.userAssigned: another update", async () => {
    checkout.configure({ "encryption.identityClientId": CLIENT, "identity.userAssigned": [IDENTITY] });
    const { said, done } = await previewThenUp(checkout);
    expect(Object.keys(said.changes)).toEqual(["openai-account"]);
    expect(done.writes).toHaveLength(1);
  });

  it("removed: the preview says that the key is still needed; encryption.keySource goes back to Microsoft's keys", async () => {
    checkout.configure({ encryption: { keySource: "Microsoft.CognitiveServices" } });
    const { said } = await previewThenUp(checkout);
    expect(Object.keys(said.changes)).toEqual(["openai-account"]);
    checkout.configure({ encryption: undefined, identity: undefined });
    const { done } = await previewThenUp(checkout);
    expect(done.jobs).toBe(0);
  });
});

describe("transform", () => {
  const file = (body: string) =>
    checkout.write(
      "transform.ts",
      `import type { Transforms } from "./program/transforms";\nconst transforms: Transforms = {\n${body}\n};\nexport default transforms;\n`,
    );

  it("changes arguments of account and deployment, which preview and up show", async () => {
    file(`account(args) { args.tags = { ...args.tags, reviewed: "yes" }; },
deployment: (args) => ({ ...args, tags: { unit: "ai" } }),`);
    checkout.configure({ transform: "transform.ts" });
    const { said, done } = await previewThenUp(checkout);
    expect(said.verdict).toBe("changes");
    expect(said.changes).toMatchObject({
      "openai-account": { operation: "update", properties: ["tags.reviewed"] },
      "serving-deployment": { operation: "update", properties: ["tags.unit"] },
    });
    expect(done.writes).toHaveLength(2);
    expect((await previewThenUp(checkout)).said.verdict).toBe("none");
  });

  it.each([
    [
      "a name",
      `account(args) { Object.assign(args, { accountName: "other" }); },`,
      "changes accountName of openai-account",
    ],
    [
      "an exception",
      `account() { throw new Error("no budget"); },`,
      "account in transform.ts failed for openai-account: no budget",
    ],
  ])("%s stops preview and up before a write, in a sentence without a stack trace", async (_what, body, reason) => {
    file(body);
    const { said, done } = await previewThenUp(checkout);
    expect(said.errors.join("\n")).toContain(reason);
    expect(said.errors.join("\n")).not.toMatch(/^\s+at /m);
    expect(done.writes).toEqual([]);
  });

  it("removed: everything is as before", async () => {
    checkout.configure({ transform: undefined });
    const { said } = await previewThenUp(checkout);
    expect(Object.keys(said.changes).sort()).toEqual(["openai-account", "serving-deployment"]);
  });
});

it.each([
  [
    "network.privateEndpoint.subnetId, network.privateEndpoint.dnsZones, network.privateEndpoint.location",
    { "network.privateEndpoint": { subnetId: SUBNET, dnsZones: [ZONE], location: "eastus2" } },
    "network.privateEndpoint is set, but the rehearsal doesn't support networks",
  ],
  [
    "diagnostics.workspaceId, diagnostics.categories",
    { diagnostics: { workspaceId: WORKSPACE, categories: ["Audit"] } },
    "diagnostics is set, but the rehearsal doesn't support networks or log workspaces; nothing was created.",
  ],
])("%s: the rehearsal says that it has none, before a write", async (_settings, given, reason) => {
  checkout.configure(given);
  const { said, done } = await previewThenUp(checkout);
  expect(said.errors.join("\n")).toContain(reason);
  expect(done.writes).toEqual([]);
  checkout.configure(Object.fromEntries(Object.keys(given).map((name) => [name, undefined])));
});
