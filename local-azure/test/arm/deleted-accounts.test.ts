import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { counters } from "../../src/admin/counters";
import { startForTest, type TestService } from "../../src/testing";
import { authorization, cognitiveServices, resources } from "../clients";

const GROUP = "ResourceGroup1";
const HOUR = 3600 * 1000;
const body = (subdomain: string, location = "northcentralus") => ({
  location,
  kind: "OpenAI",
  sku: { name: "S0" },
  properties: { customSubDomainName: subdomain },
});

describe("soft-deleted accounts", () => {
  let service: TestService;
  let client: CognitiveServicesManagementClient;
  const create = (name: string, given: object) => client.accounts.beginCreateAndWait(GROUP, name, given);
  const deleted = async () => {
    const found = [];
    for await (const account of client.deletedAccounts.list()) found.push(account);
    return found;
  };

  beforeEach(async () => {
    service = await startForTest();
    client = cognitiveServices(service);
    await create("Gone", body("gone-sub"));
    await client.accounts.beginDeleteAndWait(GROUP, "Gone");
  });
  afterEach(() => service.close());

  it("are listed with their dates, 48 hours apart, and read one by one", async () => {
    const [found] = await deleted();
    const { deletionDate, scheduledPurgeDate } = found!.properties!;
    expect(Date.parse(scheduledPurgeDate!) - Date.parse(deletionDate!)).toBe(48 * HOUR);
    await expect(client.deletedAccounts.get("northcentralus", GROUP, "gone")).resolves.toMatchObject({ name: "Gone" });
  });

  it("block their name until restored or purged", async () => {
    await expect(create("Gone", body("gone-sub"))).rejects.toMatchObject({
      statusCode: 409,
      code: "FlagMustBeSetForRestore",
      message: expect.stringContaining(
        "has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true'",
      ),
    });
  });

  it("block their subdomain for others", async () => {
    await expect(create("Other", body("gone-sub"))).rejects.toMatchObject({
      statusCode: 409,
      code: "CustomDomainInUse",
    });
  });

  it("come back with keys and properties by restore, and under the same id", async () => {
    const [found] = service.world.state.deletedAccounts;
    const restored = await create("Gone", { location: "northcentralus", properties: { restore: true } });
    expect(restored).toMatchObject({ id: found!.account.id, properties: { customSubDomainName: "gone-sub" } });
    expect(restored.properties).not.toHaveProperty("restore");
    const keys = await client.accounts.listKeys(GROUP, "Gone");
    expect([keys.key1, keys.key2]).toEqual(found!.account.keys);
    expect(await deleted()).toEqual([]);
  });

  it("are gone for good after a purge, and the name is free", async () => {
    await client.deletedAccounts.beginPurgeAndWait("northcentralus", GROUP, "Gone");
    await expect(client.deletedAccounts.get("northcentralus", GROUP, "Gone")).rejects.toMatchObject({
      statusCode: 404,
    });
    await expect(create("Gone", body("gone-sub"))).resolves.toMatchObject({
      name: "Gone",
      properties: { provisioningState: "Succeeded", customSubDomainName: "gone-sub" },
    });
    await client.deletedAccounts.beginPurgeAndWait("northcentralus", GROUP, "Never");
  });

  it("are purged by the service after 48 hours", async () => {
    service.advance(48 * HOUR - 1);
    client = cognitiveServices(service);
    expect(await deleted()).toHaveLength(1);
    service.advance(1);
    expect(await deleted()).toEqual([]);
  });

  it("a purge needs the right to purge: OpenAI Contributor has it not", async () => {
    const other = service.addClient({ displayName: "o", roles: ["a001fd3d-188f-4b5d-821b-7da978bf7442"] });
    await expect(
      cognitiveServices(service, other).deletedAccounts.beginPurgeAndWait("northcentralus", GROUP, "Gone"),
    ).rejects.toMatchObject({
      statusCode: 403,
      message: expect.stringContaining("Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete"),
    });
  });

  it("deleting the group deletes its accounts softly, and their role assignments", async () => {
    const account = service.addAccount("Inside");
    await authorization(service).roleAssignments.create(account.id, "11111111-2222-4333-8444-555555555555", {
      roleDefinitionId: "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
      principalId: service.deployer.objectId,
    });
    expect(counters(service.world.state)).toMatchObject({ accounts: 1, roleAssignments: 1 });
    await resources(service).resourceGroups.beginDeleteAndWait(GROUP);
    expect(counters(service.world.state)).toMatchObject({
      accounts: 0,
      deletedAccounts: 2,
      roleAssignments: 0,
      resourceGroups: 0,
    });
    await expect(client.accounts.get(GROUP, "Inside")).rejects.toMatchObject({
      statusCode: 404,
      code: "ResourceGroupNotFound",
    });
  });
});
