import { describe, expect, it } from "@jest/globals";
import { keepUpgrade, refuseUnsupported, upgradedAccount, type LiveAccount } from "../../program/foundry-upgrade";
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

describe("the account is looked up", () => {
  it("as one that was upgraded", async () => {
    await mockProgram({ [GET]: live });
    expect(await upgradedAccount("ResourceGroup1", "Acct")).toMatchObject({ kind: "AIServices" });
  });

  it.each([
    ["of kind OpenAI", { kind: "OpenAI" }],
    ["not there", new Error('request failed /subscriptions/s: Status=404 Code="ResourceNotFound" Message="not found"')],
  ])("as one that is %s", async (_name, answer) => {
    await mockProgram({ [GET]: answer });
    expect(await upgradedAccount("ResourceGroup1", "Acct")).toBeUndefined();
  });

  it.each(["Status=403 Code=AuthorizationFailed", "Status=404 ERROR CODE UNAVAILABLE <html>"])(
    "and the run ends where that is not known: %s",
    async (message) => {
      await mockProgram({ [GET]: new Error(message) });
      await expect(upgradedAccount("ResourceGroup1", "Acct")).rejects.toThrow(/Account Acct can't be read: Status=40/);
    },
  );
});

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

  it("has no Weights & Biases", () => {
    expect(() => refuseUnsupported("Acct", [{ type: "wandb" }])).toThrow(/setting integrations/);
    expect(() => refuseUnsupported("Acct", [])).not.toThrow();
    expect(() => refuseUnsupported("Acct", undefined)).not.toThrow();
  });
});
