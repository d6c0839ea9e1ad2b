import { beforeAll, describe, expect, it } from "@jest/globals";
import type * as pulumi from "@pulumi/pulumi";
import { OpenAiAccount, type OpenAiAccountArgs } from "../../components/openai-account";
import { mockProgram, settled, valueOf, type MockedProgram } from "../support/mocked-program";

const args: OpenAiAccountArgs = {
  subscriptionId: "sub-1",
  resourceGroupName: "ResourceGroup1",
  location: "northcentralus",
  accountName: "AzureOpenAI-Finetune21",
  subdomain: "azureopenai-finetune21",
};

it.each([[true], [undefined]])("protect %p reaches the account alone", async (protect) => {
  await mockProgram();
  const given: Record<string, boolean | undefined> = {};
  const note = ({ name, opts }: pulumi.ResourceTransformationArgs) => void (given[name] = opts.protect);
  new OpenAiAccount("openai", { ...args, protect }, { transformations: [note] });
  await settled();
  expect(given["openai-account"]).toBe(protect);
  expect(given["openai-purge"]).toBeUndefined();
});

describe("an account by its defaults", () => {
  let program: MockedProgram;
  let account: OpenAiAccount;
  beforeAll(async () => {
    program = await mockProgram({
      "azure-native:cognitiveservices:getAccount": {
        properties: { endpoint: "https://azureopenai-finetune21.openai.azure.com/" },
      },
    });
    account = new OpenAiAccount("openai", args);
    await valueOf(account.endpoint);
    await settled();
  });

  it("is of kind OpenAI and tier S0, keyless and with its own subdomain", () => {
    expect(program.find("openai-account").inputs).toEqual({
      accountName: "AzureOpenAI-Finetune21",
      resourceGroupName: "ResourceGroup1",
      location: "northcentralus",
      kind: "OpenAI",
      sku: { name: "S0" },
      properties: {
        customSubDomainName: "azureopenai-finetune21",
        disableLocalAuth: true,
        publicNetworkAccess: "Enabled",
      },
    });
  });

  it("is purged by a resource that was there before it", () => {
    const purge = program.find("openai-purge");
    expect(purge.inputs).toMatchObject({
      subscriptionId: "sub-1",
      resourceGroupName: "ResourceGroup1",
      accountName: "AzureOpenAI-Finetune21",
      location: "northcentralus",
    });
    expect(purge.inputs).not.toHaveProperty("keep");
    expect(purge.order).toBeLessThan(program.find("openai-account").order);
  });

  it("tells its endpoint, its id and the path of the id", async () => {
    expect(await valueOf(account.endpoint)).toBe("https://azureopenai-finetune21.openai.azure.com/");
    expect(await valueOf(account.accountId)).toBe("openai-account-id");
    expect(account.path).toBe(
      "/subscriptions/sub-1/resourceGroups/ResourceGroup1/providers/Microsoft.CognitiveServices/accounts/AzureOpenAI-Finetune21",
    );
  });

  it("does not own the resource group", () => {
    expect(program.registered.map(({ type }) => type).filter((type) => /resourcegroup/i.test(type))).toEqual([]);
  });
});

it("a run that fails elsewhere and ends in the middle of the look-up has no second error", async () => {
  const closing = new Error("grpc: the client connection is closing");
  await mockProgram({ "azure-native:cognitiveservices:getAccount": closing });
  expect(await valueOf(new OpenAiAccount("openai", args).endpoint)).toBe("");
  await settled();
});

it("tags, keys and network rules reach the account in Azure's words", async () => {
  const program = await mockProgram({ "azure-native:cognitiveservices:getAccount": { properties: { endpoint: "x" } } });
  new OpenAiAccount("openai", {
    ...args,
    tags: { team: "ai" },
    localAuth: true,
    network: {
      publicNetworkAccess: "Disabled",
      networkAcls: { defaultAction: "Deny", ipRules: ["10.0.0.0/8"], virtualNetworkRules: ["/subscriptions/s/subnet"] },
    },
  });
  await settled();
  expect(program.find("openai-account").inputs).toMatchObject({
    tags: { team: "ai" },
    properties: {
      disableLocalAuth: false,
      publicNetworkAccess: "Disabled",
      networkAcls: {
        defaultAction: "Deny",
        ipRules: [{ value: "10.0.0.0/8" }],
        virtualNetworkRules: [{ id: "/subscriptions/s/subnet" }],
      },
    },
  });
});

it.each([
  [{}, undefined],
  [{ systemAssigned: true }, { type: "SystemAssigned" }],
  [{ userAssigned: ["/i"] }, { type: "UserAssigned", userAssignedIdentities: ["/i"] }],
  [
    { systemAssigned: true, userAssigned: ["/i"] },
    { type: "SystemAssigned, UserAssigned", userAssignedIdentities: ["/i"] },
  ],
])("identity %j is Azure's %j", async (identity, expected) => {
  const program = await mockProgram({ "azure-native:cognitiveservices:getAccount": { properties: { endpoint: "x" } } });
  new OpenAiAccount("openai", { ...args, identity });
  await settled();
  expect(program.find("openai-account").inputs.identity).toEqual(expected);
});

it.each([
  [
    { keyVaultUri: "https://v.vault.azure.net", keyName: "k", keyVersion: "1" },
    {
      keySource: "Microsoft.KeyVault",
      keyVaultProperties: { keyVaultUri: "https://v.vault.azure.net", keyName: "k", keyVersion: "1" },
    },
  ],
  [{ keySource: "Microsoft.CognitiveServices" as const }, { keySource: "Microsoft.CognitiveServices" }],
])("encryption %j is Azure's %j", async (encryption, expected) => {
  const program = await mockProgram({ "azure-native:cognitiveservices:getAccount": { properties: { endpoint: "x" } } });
  new OpenAiAccount("openai", { ...args, encryption });
  await settled();
  expect(program.find("openai-account").inputs.properties).toMatchObject({ encryption: expected });
});
