import { beforeAll, describe, expect, it } from "@jest/globals";
import {
  ContentFilter,
  Diagnostics,
  ModelDeployment,
  OpenAiAccount,
  PrivateEndpoint,
  RoleAssignments,
} from "../../components";
import { mockProgram, settled, type MockedProgram } from "../support/mocked-program";

// The engine deletes what depends on something before that: a destroy's order is the dependencies that the program registers.

const network = "/subscriptions/s/resourceGroups/net/providers/Microsoft.Network";
let program: MockedProgram;
beforeAll(async () => {
  program = await mockProgram();
  const names = { subscriptionId: "s", resourceGroupName: "rg", location: "northcentralus", accountName: "acc" };
  const identity = { userAssigned: ["/subscriptions/s/identities/i"] };
  const encryption = { keyVaultUri: "https://v.vault.azure.net", keyName: "k", keyVersion: "1" };
  const account = new OpenAiAccount("openai", { ...names, kind: "AIServices", project: "tutor", identity, encryption });
  const roles = new RoleAssignments("roles", {
    account,
    principals: [{ id: "11111111-2222-3333-4444-555555555555", type: "User" }],
    defaulted: false,
  });
  const endpoint = new PrivateEndpoint("endpoint", {
    account,
    subnetId: `${network}/virtualNetworks/v/subnets/ai`,
    dnsZones: [`${network}/privateDnsZones/privatelink.openai.azure.com`],
  });
  const workspaceId = "/subscriptions/s/workspaces/w";
  const diagnostics = new Diagnostics("diagnostics", { account, workspaceId });
  const filter = new ContentFilter("filter", { account });
  new ModelDeployment("tutor", {
    ...{ account, deploymentName: "tutor", switch: "blueGreen", raiPolicyName: filter.policyName },
    model: { fineTunedModel: "gpt.ft-1", trainingKey: "abcdef0123456789" },
    baseModel: { name: "base", model: "gpt-4o-mini-2024-07-18", sku: "Standard", capacity: 1 },
    access: [roles, endpoint, diagnostics, filter],
  });
  await settled();
});

/** Everything before which a destroy deletes it, through others too. */
function before(name: string, seen = new Set<string>()): string[] {
  for (const other of program.find(name).dependsOn) {
    if (seen.has(other)) continue;
    seen.add(other);
    before(other, seen);
  }
  return [...seen];
}

describe("a destroy deletes", () => {
  it.each([
    ["the DNS zone group", "endpoint-dns", "the private endpoint", "endpoint-endpoint"],
    ["the private endpoint", "endpoint-endpoint", "the account", "openai-account"],
    ["the diagnostic setting", "diagnostics-setting", "the account", "openai-account"],
    ["the content filter", "filter-policy", "the account", "openai-account"],
    ["the project", "openai-project", "the account", "openai-account"],
    ["the deployment", "tutor-deployment", "the content filter that it uses", "filter-policy"],
    ["the base model's deployment", "base", "the content filter that it uses", "filter-policy"],
    ["the deployment", "tutor-deployment", "the private endpoint, through which it is asked", "endpoint-endpoint"],
    ["the deployment", "tutor-deployment", "the names by which it is asked", "endpoint-dns"],
    ["the deployment", "tutor-deployment", "the diagnostic setting, which records it", "diagnostics-setting"],
    ["the chat probe", "tutor-probe", "the deployment", "tutor-deployment"],
    ["the account", "openai-account", "what purges it", "openai-purge"],
  ])("%s (%s) before %s (%s)", (_one, first, _other, second) => {
    const name =
      first === "base" ? program.registered.find(({ inputs }) => inputs.deploymentName === "base")!.name : first;
    expect(before(name)).toContain(second);
    expect(before(second)).not.toContain(name);
  });

  it("the key with the account: encryption is a part of it, and nothing of the stack's own", () => {
    expect(program.find("openai-account").inputs.properties).toMatchObject({
      encryption: { keySource: "Microsoft.KeyVault", keyVaultProperties: { keyName: "k" } },
    });
    expect(program.registered.filter(({ type }) => /keyvault|managedidentity/i.test(type))).toEqual([]);
  });
});
