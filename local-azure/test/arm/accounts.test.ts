import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "../../src/testing";
import { cognitiveServices } from "../clients";
import { call, tokenFor } from "../https-call";

const GROUP = "ResourceGroup1";
const body = (subdomain: string) => ({
  location: "North Central US",
  kind: "OpenAI",
  sku: { name: "S0" },
  properties: { customSubDomainName: subdomain, publicNetworkAccess: "Enabled" },
});

describe("accounts", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startForTest();
  });
  afterAll(() => service.close());

  it("an account is made, read, listed, changed and deleted by Azure's own client", async () => {
    const client = cognitiveServices(service);
    const made = await client.accounts.beginCreateAndWait(GROUP, "Alpha", body("alpha-sub"));
    expect(made).toMatchObject({ name: "Alpha", kind: "OpenAI", location: "northcentralus" });
    const read = await client.accounts.get("resourcegroup1", "ALPHA");
    expect(read.properties).toMatchObject({
      provisioningState: "Succeeded",
      endpoint: `${service.origin}/accounts/alpha-sub/`,
    });
    expect(read.id).toBe(made.id);
    const keys = await client.accounts.listKeys(GROUP, "Alpha");
    const fresh = await client.accounts.regenerateKey(GROUP, "Alpha", "Key2");
    expect(fresh.key1).toBe(keys.key1);
    expect(fresh.key2).not.toBe(keys.key2);
    const changed = await client.accounts.beginUpdateAndWait(GROUP, "Alpha", { tags: { owner: "me" } });
    expect(changed.tags).toEqual({ owner: "me" });
    const names = [];
    for await (const account of client.accounts.list()) names.push(account.name);
    expect(names).toEqual(["Alpha"]);
    await client.accounts.beginDeleteAndWait(GROUP, "Alpha");
    await expect(client.accounts.get(GROUP, "Alpha")).rejects.toMatchObject({
      statusCode: 404,
      code: "ResourceNotFound",
    });
  });
});

describe("where an account is", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startForTest();
  });
  afterAll(() => service.close());

  it("is shown in the case that was sent, also in the operation's address, and is one region all the same", async () => {
    const client = cognitiveServices(service);
    const headers = { authorization: `Bearer ${await tokenFor(service, service.deployer)}` };
    const path = `/subscriptions/${service.subscriptionId}/resourceGroups/${GROUP}/providers/Microsoft.CognitiveServices/accounts/Loud?api-version=2025-06-01`;
    const sent = { ...body("loud-sub"), location: "JAPANEAST" };
    const made = await call(service, path, { method: "PUT", headers, body: sent });
    expect(made.body).toMatchObject({ location: "JAPANEAST" });
    expect(made.headers["azure-asyncoperation"]).toMatch(/\/locations\/JAPANEAST\/operationResults\//);
    // Another spelling of the same place is no other place.
    const again = await call(service, path, { method: "PUT", headers, body: { ...sent, location: "japaneast" } });
    expect([again.status, again.body]).toEqual([200, expect.objectContaining({ location: "JAPANEAST" })]);
    await client.accounts.beginDeleteAndWait(GROUP, "Loud");
    expect((await client.deletedAccounts.get("japaneast", GROUP, "Loud")).location).toBe("JAPANEAST");
    const usages = [];
    for await (const { name, currentValue } of client.usages.list("JapanEast"))
      usages.push([name?.value, currentValue]);
    expect(usages).toContainEqual(["OpenAI.S0.AccountCount", 0]);
  });
});

describe("what an account may not be", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startForTest({ settings: { accountSeconds: 30 } });
    service.addAccount("Taken");
  });
  afterAll(() => service.close());

  const put = (name: string, given: object, group = GROUP) =>
    cognitiveServices(service).accounts.beginCreate(group, name, { ...body(`${name}-sub`), ...given });

  it.each([
    ["a group that is not there", "fresh", {}, "Nowhere", 404, "ResourceGroupNotFound"],
    ["a name with a space", "has space", { properties: {} }, GROUP, 400, "AccountNameInvalid"],
    ["no location", "fresh", { location: undefined }, GROUP, 400, "LocationRequired"],
    ["an unknown location", "fresh", { location: "moon" }, GROUP, 400, "LocationNotAvailableForResourceType"],
    ["an unknown kind", "fresh", { kind: "Teapot" }, GROUP, 400, "InvalidApiSetId"],
    ["an unknown SKU", "fresh", { sku: { name: "P9" } }, GROUP, 400, "InvalidSkuId"],
    ["a taken subdomain", "fresh", { properties: { customSubDomainName: "TAKEN" } }, GROUP, 409, "CustomDomainInUse"],
    [
      "another place for an existing one",
      "taken",
      { location: "swedencentral" },
      GROUP,
      409,
      "InvalidResourceLocation",
    ],
    ["nothing to restore", "fresh", { properties: { restore: true } }, GROUP, 400, "CanNotRestoreANonExistingResource"],
  ])("%s is refused", async (_what, name, given, group, statusCode, code) => {
    await expect(put(name, given, group)).rejects.toMatchObject({ statusCode, code });
    expect(service.world.state.accounts).toHaveLength(1);
  });

  it("is Creating by the clock, with an operation to follow, and takes no other write meanwhile", async () => {
    const headers = { authorization: `Bearer ${await tokenFor(service, service.deployer)}` };
    const path = `/subscriptions/${service.subscriptionId}/resourceGroups/${GROUP}/providers/Microsoft.CognitiveServices/accounts/Slow?api-version=2025-06-01`;
    const made = await call(service, path, { method: "PUT", headers, body: body("slow-sub") });
    expect([made.status, made.headers["retry-after-ms"]]).toEqual([201, "100"]);
    expect((await call(service, path, { method: "DELETE", headers })).body).toMatchObject({
      error: { code: "RequestConflict" },
    });
    const operation = String(made.headers["azure-asyncoperation"]).slice(service.origin.length);
    expect((await call(service, operation, { headers })).status).toBe(202);
    service.advance(30_000);
    expect((await call(service, operation, { headers })).body).toMatchObject({ status: "Succeeded" });
    expect((await call(service, path, { headers })).body).toMatchObject({
      properties: { provisioningState: "Succeeded" },
    });
  });

  it("keys can't be listed when local authentication is disabled", async () => {
    service.addAccount("Keyless", { disableLocalAuth: true });
    await expect(cognitiveServices(service).accounts.listKeys(GROUP, "Keyless")).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  it("a body that is not JSON is refused with a sentence", async () => {
    const path = `/subscriptions/${service.subscriptionId}/resourceGroups/x?api-version=2024-03-01`;
    const authorization = `Bearer ${await tokenFor(service, service.deployer)}`;
    const headers = { authorization, "content-type": "application/json" };
    const { status, body: answer } = await call(service, path, {
      method: "PUT",
      headers,
      body: new URLSearchParams("a=b"),
    });
    expect(status).toBe(400);
    expect(answer).toMatchObject({
      error: { code: "InvalidRequestContent", message: expect.stringMatching(/could not be deserialized/) },
    });
  });
});
