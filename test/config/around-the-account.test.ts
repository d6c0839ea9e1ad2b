import { describe, expect, it } from "@jest/globals";
import { parseSettings } from "../../config";
import { unrehearsable } from "../../config/unrehearsable";

const parse = (given: Record<string, unknown>) =>
  parseSettings(
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
    "dev",
  );
const id = (rest: string) => `/subscriptions/s/resourceGroups/g/providers/${rest}`;
const subnetId = id("Microsoft.Network/virtualNetworks/v/subnets/ai");
const workspaceId = id("Microsoft.OperationalInsights/workspaces/w");
const identity = { userAssigned: [id("Microsoft.ManagedIdentity/userAssignedIdentities/i")] };
const key = { keyVaultUri: "https://v.vault.azure.net", keyName: "k", keyVersion: "0a" };
const identityClientId = "11111111-2222-3333-4444-555555555555";
const existing = { existing: true, name: "team" };

it("everything is off by default", () => {
  const { network, diagnostics, encryption, identity: none, contentFilter, transform } = parse({});
  expect([network.privateEndpoint, diagnostics, encryption, none, contentFilter, transform]).toEqual(
    Array(6).fill(undefined),
  );
});

describe("taken", () => {
  it.each<[string, Record<string, unknown>]>([
    ["a private endpoint", { network: { privateEndpoint: { subnetId } } }],
    ["diagnostics", { diagnostics: { workspaceId } }],
    ["a key that a managed identity reads", { identity, encryption: { ...key, identityClientId } }],
    ["a key that the account reads", { identity: { systemAssigned: true }, encryption: key }],
    ["Microsoft's keys again", { encryption: { keySource: "Microsoft.CognitiveServices" } }],
    ["a file", { transform: "transform.ts" }],
  ])("%s", (_what, given) => {
    expect(parse(given)).toMatchObject(given);
  });
});

describe("refused", () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      "a name in a subnet's place",
      { network: { privateEndpoint: { subnetId: "ai" } } },
      /subnetId is "ai"; expected the id of a subnet/,
    ],
    ["no subnet", { network: { privateEndpoint: {} } }, /network\.privateEndpoint\.subnetId/],
    [
      "categories without a workspace",
      { diagnostics: { categories: ["Audit"] } },
      /diagnostics\.workspaceId is missing/,
    ],
    ["an unknown category", { diagnostics: { workspaceId, categories: ["audit"] } }, /expected Audit, RequestResponse/],
    ["no category", { diagnostics: { workspaceId, categories: [] } }, /expected at least one category/],
    [
      "a key without a name",
      { identity, encryption: { ...key, identityClientId, keyName: undefined } },
      /encryption\.keyName is missing/,
    ],
    ["a key that nobody reads", { encryption: key }, /no identity can read the key/],
    [
      "an identity that the account hasn't",
      { encryption: { ...key, identityClientId } },
      /identity\.userAssigned is empty/,
    ],
    [
      "a key of one's own with Microsoft's keys",
      { encryption: { ...key, keySource: "Microsoft.CognitiveServices" } },
      /encryption\.keyName is set, but encryption\.keySource is "Microsoft\.CognitiveServices"/,
    ],
    [
      "another kind of file",
      { transform: "transform.json" },
      /transform is "transform\.json"; expected the path of a TypeScript file/,
    ],
    [
      "an endpoint of others",
      { account: existing, network: { privateEndpoint: { subnetId } } },
      /network\.privateEndpoint is set, but account\.existing is true/,
    ],
    [
      "diagnostics of others",
      { account: existing, diagnostics: { workspaceId } },
      /diagnostics is set, but account\.existing/,
    ],
    ["an identity of others", { account: existing, identity }, /identity is set, but account\.existing/],
    [
      "a key of others",
      { account: existing, identity, encryption: { ...key, identityClientId } },
      /encryption is set, but account\.existing/,
    ],
    [
      "a transform of others",
      { account: existing, transform: "t.ts" },
      /transform is set, but account\.existing is true: the stack creates no azure-native account/,
    ],
  ])("%s", (_what, given, reason) => {
    expect(() => parse(given)).toThrow(reason);
  });
});

it("the rehearsal refuses in one sentence what it can't make", () => {
  const both = parse({ network: { privateEndpoint: { subnetId } }, diagnostics: { workspaceId } });
  expect(unrehearsable(both, undefined)).toEqual([]);
  expect(unrehearsable(both, "npm run local --")).toEqual([
    expect.stringMatching(
      /^network\.privateEndpoint and diagnostics are set, but the rehearsal doesn't support networks/,
    ),
  ]);
  expect(unrehearsable(parse({ diagnostics: { workspaceId } }), "npm run local --")).toEqual([
    expect.stringMatching(/^diagnostics is set, .+ nothing was created\. Remove it from Pulumi\.local\.yaml/),
  ]);
  expect(unrehearsable(parse({}), "npm run local --")).toEqual([]);
});
