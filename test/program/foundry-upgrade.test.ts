import { describe, expect, it } from "@jest/globals";
import type { LiveAccount } from "../../program/account-kind";
import { keepUpgrade } from "../../program/foundry-upgrade";
import { OpenAiAccount, type OpenAiAccountArgs } from "../../components/openai-account";
import { mockProgram, settled, valueOf } from "../support/mocked-program";

const GET = "azure-native:cognitiveservices:getAccount";
const args: OpenAiAccountArgs = {
  subscriptionId: "sub-1",
  resourceGroupName: "ResourceGroup1",
  location: "northcentralus",
  accountName: "Acct",
  subdomain: "acct",
  tags: { team: "ai" },
};

/** A Foundry account as Azure shows it (azure-cli's recording of kind AIServices, shortened). */
const live = {
  kind: "AIServices",
  identity: { type: "SystemAssigned", principalId: "p", tenantId: "t" },
  tags: { team: "ai" },
  sku: { name: "S0" },
  properties: {
    allowProjectManagement: true,
    apiProperties: {},
    customSubDomainName: "acct",
    disableLocalAuth: true,
    publicNetworkAccess: "Enabled",
    networkAcls: { defaultAction: "Allow", virtualNetworkRules: [], ipRules: [] },
    endpoint: "https://acct.cognitiveservices.azure.com/",
    endpoints: { "OpenAI Language Model Instance API": "https://acct.openai.azure.com/" },
  },
} as unknown as LiveAccount;
const withLive = (more: object) => ({ ...live, properties: { ...live.properties, ...more } }) as LiveAccount;
const wanted = {
  sku: { name: "S0" },
  tags: { team: "ai" },
  properties: { customSubDomainName: "acct", disableLocalAuth: true, publicNetworkAccess: "Enabled" },
};
const acls = { defaultAction: "Deny" as const, bypass: "AzureServices" as const, ipRules: [{ value: "10.0.0.1" }] };

describe("an upgraded account", () => {
  it.each<[string, LiveAccount, object]>([
    ["with the default rules", live, {}],
    ["without rules", withLive({ networkAcls: undefined }), {}],
    [
      "with the rules of the settings",
      withLive({ networkAcls: { ...acls, virtualNetworkRules: [] } }),
      { networkAcls: acls },
    ],
    ["with the subdomain in another case", withLive({ customSubDomainName: "ACCT" }), {}],
  ])("is not compared with the settings that it fulfils: %s", (_name, account, more) => {
    const kept = keepUpgrade(account, { ...wanted, properties: { ...wanted.properties, ...more } });
    expect(kept.ignoreChanges).toEqual(
      expect.arrayContaining(["kind", "identity", "properties.allowProjectManagement"]),
    );
    expect(kept.allowProjectManagement).toBeUndefined();
  });

  it.each<[string, LiveAccount, object]>([
    ["a tag", live, { tags: { team: "other" } }],
    ["no tags any more", live, { tags: undefined }],
    ["keys", withLive({ disableLocalAuth: false }), {}],
    ["public access", withLive({ publicNetworkAccess: "Disabled" }), {}],
    ["rules that are to go", withLive({ networkAcls: { ...acls, virtualNetworkRules: [] } }), {}],
  ])(
    "is updated with its own kind, identity and project setting where something differs: %s",
    (_name, account, more) => {
      const kept = keepUpgrade(account, { ...wanted, ...more });
      expect(kept).toMatchObject({
        args: { kind: "AIServices", identity: { type: "SystemAssigned" } },
        allowProjectManagement: true,
      });
      expect(kept.ignoreChanges).not.toContain("kind");
    },
  );

  it("removes rules that the settings no longer have", () => {
    const kept = keepUpgrade(withLive({ networkAcls: { ...acls, virtualNetworkRules: [] } }), wanted);
    expect(kept.ignoreChanges).not.toContain("properties.networkAcls");
  });

  it("keeps its user-assigned identities, which Azure lists as a map and takes as a list", () => {
    const identity = { type: "SystemAssigned, UserAssigned", userAssignedIdentities: { "/id/u1": { clientId: "c" } } };
    const kept = keepUpgrade({ ...live, identity, tags: {} } as unknown as LiveAccount, wanted);
    expect(kept.args.identity).toEqual({ type: identity.type, userAssignedIdentities: ["/id/u1"] });
  });

  it("tells the address of its OpenAI data plane, not that of its other services", async () => {
    const program = await mockProgram({ [GET]: live });
    const account = new OpenAiAccount("openai", { ...args, tags: { team: "b" }, upgraded: live });
    expect(await valueOf(account.endpoint)).toBe("https://acct.openai.azure.com/");
    await settled();
    expect(program.find("openai-account").inputs).toMatchObject({
      kind: "AIServices",
      identity: { type: "SystemAssigned" },
      properties: { allowProjectManagement: true },
    });
  });

  it.each<[string, Partial<LiveAccount>]>([
    ["project management", { properties: { ...live.properties, allowProjectManagement: false } }],
    ["an identity", { identity: undefined }],
    ["an identity that is one", { identity: { type: "None" } as LiveAccount["identity"] }],
  ])("gets what the settings' kind needs where it lacks %s", (_name, more) => {
    const kept = keepUpgrade({ ...live, ...more }, { ...wanted, kind: "AIServices" });
    expect(kept).toMatchObject({ args: { kind: "AIServices", identity: { type: "SystemAssigned" } } });
    expect(kept.allowProjectManagement).toBe(true);
    expect(kept.ignoreChanges).not.toContain("kind");
    expect(keepUpgrade({ ...live, ...more }, wanted).ignoreChanges).toContain("kind");
  });
});

describe("an account of its own", () => {
  const inputsWith = async (more: Partial<OpenAiAccountArgs>) => {
    const program = await mockProgram({ [GET]: live });
    const account = new OpenAiAccount("openai", { ...args, ...more });
    await settled();
    return { kind: account.kind, inputs: program.find("openai-account").inputs };
  };

  it("of kind AIServices has an identity and project management", async () => {
    expect(await inputsWith({ kind: "AIServices" })).toMatchObject({
      kind: "AIServices",
      inputs: {
        kind: "AIServices",
        identity: { type: "SystemAssigned" },
        properties: { allowProjectManagement: true },
      },
    });
  });

  it("of kind OpenAI has neither", async () => {
    const { kind, inputs } = await inputsWith({});
    expect([kind, inputs.kind, inputs.identity]).toEqual(["OpenAI", "OpenAI", undefined]);
    expect(inputs.properties).not.toHaveProperty("allowProjectManagement");
  });

  it("has a project in it, with an identity, where one is asked for", async () => {
    const program = await mockProgram({ [GET]: live });
    const account = new OpenAiAccount("openai", { ...args, kind: "AIServices", project: "tutor" });
    await settled();
    expect(program.find("openai-project").inputs).toEqual({
      accountName: "Acct",
      resourceGroupName: "ResourceGroup1",
      location: "northcentralus",
      projectName: "tutor",
      tags: { team: "ai" },
      identity: { type: "SystemAssigned" },
      properties: { displayName: "tutor" },
    });
    expect(program.find("openai-account").order).toBeLessThan(program.find("openai-project").order);
    expect([await valueOf(account.project!), account.projectEndpoint !== undefined]).toEqual(["tutor", true]);
  });

  it("that is upgraded has the kind that it has, whatever the settings say", async () => {
    expect((await inputsWith({ upgraded: live, kind: "OpenAI" })).kind).toBe("AIServices");
  });
});
