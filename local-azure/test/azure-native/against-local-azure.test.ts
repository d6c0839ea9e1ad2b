import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "../../src/testing";
import type { Properties } from "../../src/azure-native/values";
import { startPlugin, urnOf, type PluginClient } from "./plugin-client";

/** Cognitive Services OpenAI User. */
const ROLE = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";

let service: TestService;
let plugin: PluginClient;
beforeAll(async () => {
  service = await startForTest();
  plugin = await startPlugin(service, { ARM_CLIENT_SECRET: service.deployer.clientSecret });
  await plugin.configure({
    metadataHost: service.origin,
    disableInstanceDiscovery: "true",
    subscriptionId: service.subscriptionId,
    tenantId: service.tenantId,
    clientId: service.deployer.clientId,
  });
});
afterAll(async () => {
  plugin.close();
  await service.close();
});

const names = { accountName: "stand-in", resourceGroupName: "ResourceGroup1" };

async function created(type: string, given: Properties) {
  const urn = urnOf(type);
  const { inputs, failures } = await plugin.check(urn, {}, given);
  expect(failures).toEqual([]);
  return { urn, inputs, ...(await plugin.create(urn, inputs)) };
}

/** Creates, refreshes without a change and deletes each of the types, as the program uses them. */
describe("the types against the rehearsal service", () => {
  it("live through create, refresh and delete", async () => {
    const account = await created("cognitiveservices:Account", {
      ...names,
      kind: "OpenAI",
      sku: { name: "S0" },
      properties: { customSubDomainName: "stand-in", disableLocalAuth: false, publicNetworkAccess: "Enabled" },
    });
    expect(account.outputs).toMatchObject({
      name: "stand-in",
      location: "northcentralus",
      properties: { endpoint: `${service.origin}/accounts/stand-in/`, provisioningState: "Succeeded" },
    });
    const me = await plugin.invoke("azure-native:authorization:getClientConfig", {});
    const role = await created("authorization:RoleAssignment", {
      scope: account.id,
      principalId: me.objectId!,
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${service.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${ROLE}`,
    });
    const filter = await created("cognitiveservices:RaiPolicy", {
      ...names,
      raiPolicyName: "strict",
      properties: {
        basePolicyName: "Microsoft.DefaultV2",
        mode: "Default",
        contentFilters: [{ name: "Hate", source: "Prompt", enabled: true, blocking: true, severityThreshold: "Low" }],
      },
    });
    const deployment = await created("cognitiveservices:Deployment", {
      ...names,
      deploymentName: "base",
      sku: { name: "Standard", capacity: 1 },
      properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" }, raiPolicyName: "strict" },
    });

    for (const { urn, id, inputs, outputs } of [account, role, filter, deployment])
      expect(await plugin.read(urn, id, inputs, outputs)).toEqual({ id, inputs, outputs });
    for (const { urn, id, inputs, outputs } of [deployment, filter, role, account]) {
      await plugin.delete(urn, id);
      expect(await plugin.read(urn, id, inputs, outputs)).toMatchObject({ id: "" });
    }
    expect(plugin.warnings).toEqual([]);
  });

  it("live through create, refresh and delete as a Foundry account with a project", async () => {
    const foundry = { accountName: "foundry", resourceGroupName: "ResourceGroup1" };
    const identity = { type: "SystemAssigned" };
    const account = await created("cognitiveservices:Account", {
      ...foundry,
      ...{ kind: "AIServices", sku: { name: "S0" }, identity },
      properties: { customSubDomainName: "foundry", allowProjectManagement: true },
    });
    const project = await created("cognitiveservices:Project", {
      ...foundry,
      ...{ projectName: "tutor", identity, properties: { displayName: "tutor" } },
    });
    expect(project.id).toBe(`${account.id}/projects/tutor`);
    expect(project.outputs).toMatchObject({
      location: "northcentralus",
      properties: {
        displayName: "tutor",
        endpoints: { "AI Foundry API": expect.stringMatching(/\/api\/projects\/tutor$/) },
      },
    });
    const found = await plugin.invoke("azure-native:cognitiveservices:getProject", {
      ...foundry,
      projectName: "tutor",
    });
    expect(found.properties).toEqual(project.outputs.properties);
    const { urn: projectUrn, id, inputs, outputs } = project;
    expect(await plugin.read(projectUrn, id, inputs, outputs)).toEqual({ id, inputs, outputs });
    await expect(plugin.delete(account.urn, account.id)).rejects.toThrow(/Code="CannotDeleteResource"/);
    for (const { urn, id: made } of [project, account]) await plugin.delete(urn, made);
    expect(await plugin.read(projectUrn, id, inputs, outputs)).toMatchObject({ id: "" });
  });

  it("hand on the service's refusals", async () => {
    await expect(created("cognitiveservices:Deployment", { ...names, accountName: "none" })).rejects.toThrow(
      /Status=404 Code="(ParentResourceNotFound|ResourceNotFound)"/,
    );
    await expect(
      created("cognitiveservices:Account", { ...names, resourceGroupName: "none", location: "eastus", kind: "OpenAI" }),
    ).rejects.toThrow('Status=404 Code="ResourceGroupNotFound"');
  });
});
