import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "../../src/testing";
import { authorization } from "../clients";
import { call, tokenFor } from "../https-call";

describe("the directory, as far as role assignments need it", () => {
  let service: TestService;
  let headers: Record<string, string>;
  beforeAll(async () => {
    service = await startForTest();
    headers = { authorization: `Bearer ${await tokenFor(service, service.stranger, `${service.origin}/graph`)}` };
  });
  afterAll(() => service.close());

  const byFilter = (filter: string) =>
    call(service, `/graph/v1.0/servicePrincipals?$filter=${encodeURIComponent(filter)}`, { headers });
  const byIds = (ids: unknown) =>
    call(service, "/graph/v1.0/directoryObjects/getByIds", { method: "POST", headers, body: { ids, types: ["user"] } });

  it("an application's id leads to the object id that a role is assigned to", async () => {
    const { clientId, objectId } = service.stranger;
    const { body } = await byFilter(`servicePrincipalNames/any(c:c eq '${clientId.toUpperCase()}')`);
    expect(body).toMatchObject({ value: [{ id: objectId, appId: clientId, servicePrincipalNames: [clientId] }] });
    const [found] = (body as { value: { id: string }[] }).value;
    const scope = `/subscriptions/${service.subscriptionId}`;
    const made = await authorization(service).roleAssignments.create(scope, "11111111-2222-4333-8444-555555555555", {
      roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/5e0bd9bd-7b93-4f28-af87-19fc36ad61bd`,
      principalId: found!.id,
    });
    expect(made).toMatchObject({ principalId: objectId, principalType: "ServicePrincipal" });
    expect((await byFilter(`appId eq '${clientId}'`)).body).toMatchObject({ value: [{ id: objectId }] });
  });

  it("object ids lead back to names, and unknown ones to nothing", async () => {
    const { objectId, displayName } = service.deployer;
    expect((await byIds([objectId, "nobody"])).body).toMatchObject({
      value: [{ "@odata.type": "#microsoft.graph.servicePrincipal", id: objectId, displayName }],
    });
    expect((await byFilter("servicePrincipalNames/any(c:c eq 'nobody')")).body).toMatchObject({ value: [] });
    expect((await call(service, "/graph/v1.0/users", { headers })).body).toMatchObject({ value: [] });
  });

  it("never shows a secret, and wants a token", async () => {
    const { body } = await call(service, "/graph/v1.0/servicePrincipals", { headers });
    expect(JSON.stringify(body)).not.toContain(service.deployer.clientSecret);
    expect((await call(service, "/graph/v1.0/servicePrincipals")).status).toBe(401);
  });

  it("refuses what it does not read", async () => {
    expect((await byFilter("displayName eq 'x'")).body).toMatchObject({ error: { code: "Request_BadRequest" } });
    expect((await byIds("x")).status).toBe(400);
  });
});
