import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { fineTunedModel } from "../fine-tuned-model";
import { call, tokenFor } from "../https-call";
import { haveSpecs, specsFolder, SwaggerContract } from "./swagger";

const describeWithSpecs = haveSpecs ? describe : describe.skip;
if (!haveSpecs) {
  process.stderr.write(
    `Contract tests are skipped: no specifications at ${specsFolder} (AZURE_SPECS names another place).\n`,
  );
}

const COGNITIVE = "2025-06-01";
const ROLES = "2022-04-01";
const GROUPS = "2024-03-01";
const SUBSCRIPTIONS = "2022-12-01";
const ROLE = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";

describeWithSpecs("answers of Resource Manager keep to Azure's published contract", () => {
  let service: TestService;
  let contract: SwaggerContract;
  let account: AccountRecord;
  let tuned: string;
  let subscription: string;

  beforeAll(async () => {
    contract = new SwaggerContract();
    service = await startForTest();
    account = service.addAccount("Contract");
    tuned = await fineTunedModel(service, account, "contract");
    subscription = `/subscriptions/${service.subscriptionId}`;
  }, 60_000);
  afterAll(() => service?.close());

  async function ask(operation: string, version: string, method: string, path: string, body?: unknown) {
    const headers = { authorization: `Bearer ${await tokenFor(service, service.deployer)}` };
    const answer = await call(service, `${path}?api-version=${version}`, { method, headers, body });
    expect({
      operation,
      status: answer.status,
      problems: contract.check(operation, answer.status, answer.body),
    }).toEqual({
      operation,
      status: answer.status,
      problems: [],
    });
    return answer;
  }

  it("the check itself finds a fault", () => {
    expect(contract.check("Accounts_Get", 200, { properties: { provisioningState: 7 } })).not.toEqual([]);
    expect(contract.check("Accounts_Get", 204, undefined)).not.toEqual([]);
    expect(contract.check("Accounts_Get", 404, { error: { code: 404, message: "x" } })).not.toEqual([]);
  });

  it("projects and connections of a Foundry account", async () => {
    const foundry = service.addAccount("ContractFoundry", { allowProjectManagement: true });
    foundry.kind = "AIServices";
    const project = `${foundry.id}/projects/first`;
    const body = {
      location: "northcentralus",
      identity: { type: "SystemAssigned" },
      properties: { displayName: "First" },
    };
    await ask("Projects_Create", COGNITIVE, "PUT", project, body);
    await ask("Projects_Get", COGNITIVE, "GET", project);
    await ask("Projects_List", COGNITIVE, "GET", `${foundry.id}/projects`);
    await ask("Projects_Update", COGNITIVE, "PATCH", project, { properties: { description: "d" } });
    const connection = { properties: { authType: "ApiKey", target: "https://x", credentials: { key: "k" } } };
    await ask("AccountConnections_Create", COGNITIVE, "PUT", `${foundry.id}/connections/c`, connection);
    await ask("ProjectConnections_Create", COGNITIVE, "PUT", `${project}/connections/c`, connection);
    await ask("AccountConnections_Get", COGNITIVE, "GET", `${foundry.id}/connections/c`);
    await ask("ProjectConnections_List", COGNITIVE, "GET", `${project}/connections`);
    await ask("ProjectConnections_Delete", COGNITIVE, "DELETE", `${project}/connections/c`);
    const deleted = await call(service, `${project}?api-version=${COGNITIVE}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${await tokenFor(service, service.deployer)}` },
    });
    // Recorded; the specification has 202 and 204 only.
    expect(deleted.status).toBe(200);
  });

  it("accounts, from creation to purge", async () => {
    const group = `${subscription}/resourceGroups/ResourceGroup1`;
    const path = `${group}/providers/Microsoft.CognitiveServices/accounts/Whole`;
    const body = {
      location: "northcentralus",
      kind: "OpenAI",
      sku: { name: "S0" },
      identity: { type: "SystemAssigned" },
      tags: { a: "b" },
      properties: { customSubDomainName: "whole", publicNetworkAccess: "Enabled", disableLocalAuth: false },
    };
    expect((await ask("Accounts_Create", COGNITIVE, "PUT", path, body)).status).toBe(201);
    expect((await ask("Accounts_Create", COGNITIVE, "PUT", path, body)).status).toBe(200);
    await ask("Accounts_Get", COGNITIVE, "GET", path);
    await ask("Accounts_Update", COGNITIVE, "PATCH", path, { tags: { a: "c" } });
    await ask("Accounts_List", COGNITIVE, "GET", `${subscription}/providers/Microsoft.CognitiveServices/accounts`);
    await ask(
      "Accounts_ListByResourceGroup",
      COGNITIVE,
      "GET",
      `${group}/providers/Microsoft.CognitiveServices/accounts`,
    );
    await ask("Accounts_ListKeys", COGNITIVE, "POST", `${path}/listKeys`, {});
    await ask("Accounts_RegenerateKey", COGNITIVE, "POST", `${path}/regenerateKey`, { keyName: "Key1" });
    await ask("Accounts_ListModels", COGNITIVE, "GET", `${path}/models`);
    await ask("Accounts_ListSkus", COGNITIVE, "GET", `${path}/skus`);
    await ask("Accounts_ListUsages", COGNITIVE, "GET", `${path}/usages`);
    expect((await ask("Accounts_Delete", COGNITIVE, "DELETE", path)).status).toBe(200);
    expect((await ask("Accounts_Delete", COGNITIVE, "DELETE", path)).status).toBe(204);
    expect((await ask("Accounts_Get", COGNITIVE, "GET", path)).status).toBe(404);
    expect((await ask("Accounts_Create", COGNITIVE, "PUT", path, body)).status).toBe(409);
    await ask(
      "DeletedAccounts_List",
      COGNITIVE,
      "GET",
      `${subscription}/providers/Microsoft.CognitiveServices/deletedAccounts`,
    );
    const deleted = `${subscription}/providers/Microsoft.CognitiveServices/locations/northcentralus/resourceGroups/ResourceGroup1/deletedAccounts/Whole`;
    await ask("DeletedAccounts_Get", COGNITIVE, "GET", deleted);
    expect((await ask("DeletedAccounts_Purge", COGNITIVE, "DELETE", deleted)).status).toBe(202);
    expect((await ask("DeletedAccounts_Purge", COGNITIVE, "DELETE", deleted)).status).toBe(204);
  });

  it("what could be made, and lists around an account", async () => {
    const provider = `${subscription}/providers/Microsoft.CognitiveServices`;
    const type = "Microsoft.CognitiveServices/accounts";
    const domain = { subdomainName: "contract", type };
    await ask("CheckDomainAvailability", COGNITIVE, "POST", `${provider}/checkDomainAvailability`, domain);
    const skus = { skus: ["S0", "F0"], kind: "OpenAI", type };
    await ask("CheckSkuAvailability", COGNITIVE, "POST", `${provider}/locations/eastus/checkSkuAvailability`, skus);
    const answer = await ask("Deployments_ListSkus", COGNITIVE, "GET", `${account.id}/deployments/none/skus`);
    expect(answer.status).toBe(404);
    await ask("PrivateLinkResources_List", COGNITIVE, "GET", `${account.id}/privateLinkResources`);
    await ask("PrivateEndpointConnections_List", COGNITIVE, "GET", `${account.id}/privateEndpointConnections`);
    await ask("CommitmentPlans_List", COGNITIVE, "GET", `${account.id}/commitmentPlans`);
  });

  it("models and usages of a region", async () => {
    const region = `${subscription}/providers/Microsoft.CognitiveServices/locations/northcentralus`;
    expect((await ask("Models_List", COGNITIVE, "GET", `${region}/models`)).status).toBe(200);
    await ask("ResourceSkus_List", COGNITIVE, "GET", `${subscription}/providers/Microsoft.CognitiveServices/skus`);
    await ask("Usages_List", COGNITIVE, "GET", `${region}/usages`);
  });

  it("deployments of base and fine-tuned models", async () => {
    const path = `${account.id}/deployments`;
    const base = {
      sku: { name: "Standard", capacity: 1 },
      properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } },
    };
    const ft = { ...base, properties: { model: { format: "OpenAI", name: tuned, version: "1" } } };
    expect((await ask("Deployments_CreateOrUpdate", COGNITIVE, "PUT", `${path}/base`, base)).status).toBe(201);
    expect((await ask("Deployments_CreateOrUpdate", COGNITIVE, "PUT", `${path}/ft`, ft)).status).toBe(201);
    expect((await ask("Deployments_CreateOrUpdate", COGNITIVE, "PUT", `${path}/ft`, ft)).status).toBe(200);
    expect((await ask("Deployments_CreateOrUpdate", COGNITIVE, "PUT", `${path}/bad`, {})).status).toBe(400);
    await ask("Deployments_Get", COGNITIVE, "GET", `${path}/ft`);
    await ask("Deployments_List", COGNITIVE, "GET", path);
    await ask("Deployments_ListSkus", COGNITIVE, "GET", `${path}/ft/skus`);
    await ask("Deployments_Update", COGNITIVE, "PATCH", `${path}/ft`, { sku: { name: "Standard", capacity: 2 } });
    await ask("Deployments_Delete", COGNITIVE, "DELETE", `${path}/ft`);
    expect((await ask("Deployments_Get", COGNITIVE, "GET", `${path}/ft`)).status).toBe(404);
  });

  it("role assignments and definitions", async () => {
    const scoped = `${account.id}/providers/Microsoft.Authorization`;
    const path = `${scoped}/roleAssignments/11111111-2222-4333-8444-555555555555`;
    const role = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${ROLE}`;
    const body = { properties: { roleDefinitionId: role, principalId: service.stranger.objectId } };
    expect((await ask("RoleAssignments_Create", ROLES, "PUT", path, body)).status).toBe(201);
    await ask("RoleAssignments_Get", ROLES, "GET", path);
    await ask("RoleAssignments_ListForScope", ROLES, "GET", `${scoped}/roleAssignments`);
    await ask("RoleAssignments_Delete", ROLES, "DELETE", path);
    expect((await ask("RoleAssignments_Delete", ROLES, "DELETE", path)).status).toBe(204);
    expect((await ask("RoleAssignments_Get", ROLES, "GET", path)).status).toBe(404);
    await ask("RoleDefinitions_Get", ROLES, "GET", role);
    await ask(
      "RoleDefinitions_List",
      ROLES,
      "GET",
      `${subscription}/providers/Microsoft.Authorization/roleDefinitions`,
    );
  });

  it("content filters", async () => {
    const path = `${account.id}/raiPolicies`;
    const body = { properties: { basePolicyName: "Microsoft.DefaultV2", mode: "Blocking", contentFilters: [] } };
    expect((await ask("RaiPolicies_CreateOrUpdate", COGNITIVE, "PUT", `${path}/own`, body)).status).toBe(201);
    expect((await ask("RaiPolicies_CreateOrUpdate", COGNITIVE, "PUT", `${path}/own`, body)).status).toBe(200);
    await ask("RaiPolicies_List", COGNITIVE, "GET", path);
    await ask("RaiPolicies_Get", COGNITIVE, "GET", `${path}/Microsoft.DefaultV2`);
    await ask("RaiPolicies_Delete", COGNITIVE, "DELETE", `${path}/own`);
    expect((await ask("RaiPolicies_Get", COGNITIVE, "GET", `${path}/own`)).status).toBe(404);
  });

  it("tags of an account", async () => {
    const path = `${account.id}/providers/Microsoft.Resources/tags/default`;
    const properties = { tags: { a: "b" } };
    await ask("Tags_CreateOrUpdateAtScope", GROUPS, "PUT", path, { properties });
    await ask("Tags_UpdateAtScope", GROUPS, "PATCH", path, { operation: "Merge", properties });
    await ask("Tags_GetAtScope", GROUPS, "GET", path);
    await ask("Tags_DeleteAtScope", GROUPS, "DELETE", path);
  });

  it("resource groups, subscriptions, tenants and providers", async () => {
    const path = `${subscription}/resourcegroups/Other`;
    expect((await ask("ResourceGroups_CreateOrUpdate", GROUPS, "PUT", path, { location: "eastus" })).status).toBe(201);
    expect((await ask("ResourceGroups_CreateOrUpdate", GROUPS, "PUT", path, { location: "eastus" })).status).toBe(200);
    await ask("ResourceGroups_Get", GROUPS, "GET", path);
    await ask("ResourceGroups_Update", GROUPS, "PATCH", path, { tags: { a: "b" } });
    await ask("ResourceGroups_List", GROUPS, "GET", `${subscription}/resourcegroups`);
    expect((await ask("ResourceGroups_CheckExistence", GROUPS, "HEAD", path)).status).toBe(204);
    await ask("Resources_List", GROUPS, "GET", `${subscription}/resources`);
    await ask("Resources_ListByResourceGroup", GROUPS, "GET", `${path}/resources`);
    await ask("ResourceGroups_Delete", GROUPS, "DELETE", path);
    await ask("ResourceGroups_Get", GROUPS, "GET", path);
    await ask("Providers_Get", GROUPS, "GET", `${subscription}/providers/Microsoft.CognitiveServices`);
    await ask("Providers_Register", GROUPS, "POST", `${subscription}/providers/Microsoft.CognitiveServices/register`);
    await ask("Subscriptions_List", SUBSCRIPTIONS, "GET", "/subscriptions");
    await ask("Subscriptions_Get", SUBSCRIPTIONS, "GET", subscription);
    await ask("Subscriptions_ListLocations", SUBSCRIPTIONS, "GET", `${subscription}/locations`);
    await ask("Tenants_List", SUBSCRIPTIONS, "GET", "/tenants");
  });
});
