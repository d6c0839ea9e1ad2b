import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "../../src/testing";
import { authorization, cognitiveServices, resources } from "../clients";

const USER = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";

describe("resource groups", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startForTest();
  });
  afterAll(() => service.close());

  const namesIn = async (filter?: string) => {
    const names = [];
    for await (const { name } of resources(service).resources.list(filter === undefined ? {} : { filter }))
      names.push(name);
    return names;
  };

  it("resources are listed for the subscription and by group", async () => {
    service.addAccount("Listed");
    expect(await namesIn()).toEqual(["Listed"]);
    expect(await namesIn("resourceGroup eq 'RESOURCEGROUP1'")).toEqual(["Listed"]);
    expect(await namesIn("resourceGroup eq 'other'")).toEqual([]);
    expect(await namesIn("resourceType eq 'Microsoft.Storage/storageAccounts'")).toEqual([]);
    await expect(namesIn("bogus")).rejects.toMatchObject({ statusCode: 400, code: "InvalidFilterInQueryString" });
  });

  it("are listed by tag, and by no filter that would be dropped", async () => {
    const client = resources(service);
    await client.resourceGroups.createOrUpdate("Tagged", { location: "eastus", tags: { env: "tmp" } });
    const names = async (options: { filter?: string; top?: number }) => {
      const found = [];
      for await (const { name } of client.resourceGroups.list(options)) found.push(name);
      return found;
    };
    expect(await names({ filter: "tagName eq 'env' and tagValue eq 'tmp'" })).toEqual(["Tagged"]);
    expect(await names({ filter: "tagName eq 'env' and tagValue eq 'prod'" })).toEqual([]);
    expect(await names({ top: 1 })).toHaveLength(1);
    await expect(names({ filter: "name eq 'Tagged'" })).rejects.toMatchObject({ code: "InvalidFilterInQueryString" });
  });

  it("deleting one soft-deletes its accounts and ends the role assignments at and below it", async () => {
    const client = resources(service);
    await client.resourceGroups.createOrUpdate("Short", { location: "northcentralus" });
    await cognitiveServices(service).accounts.beginCreateAndWait("Short", "inside", {
      location: "northcentralus",
      kind: "OpenAI",
      sku: { name: "S0" },
      properties: {},
    });
    const group = `/subscriptions/${service.subscriptionId}/resourceGroups/Short`;
    const scopes = [group, `${group}/providers/Microsoft.CognitiveServices/accounts/inside`];
    for (const [at, scope] of scopes.entries()) {
      await authorization(service).roleAssignments.create(scope, `${at}0000000-0000-4000-8000-000000000000`, {
        roleDefinitionId: `${group}/providers/Microsoft.Authorization/roleDefinitions/${USER}`,
        principalId: service.stranger.objectId,
        principalType: "ServicePrincipal",
      });
    }
    const below = () => service.world.state.roleAssignments.filter(({ scope }) => scope.startsWith(group));
    expect(below()).toHaveLength(2);

    await client.resourceGroups.beginDeleteAndWait("Short", { updateIntervalInMs: 1 });
    expect(below()).toEqual([]);
    expect(service.world.state.deletedAccounts.map(({ account }) => account.name)).toEqual(["inside"]);
    await expect(client.resourceGroups.get("Short")).rejects.toMatchObject({ code: "ResourceGroupNotFound" });
  });
});
