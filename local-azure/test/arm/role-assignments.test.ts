import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { AuthorizationManagementClient } from "@azure/arm-authorization";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { authorization } from "../clients";

const USER = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";
const CONTRIBUTOR = "a001fd3d-188f-4b5d-821b-7da978bf7442";
const [ONE, TWO] = ["11111111-2222-4333-8444-555555555551", "11111111-2222-4333-8444-555555555552"];

describe("role assignments", () => {
  let service: TestService;
  let client: AuthorizationManagementClient;
  let account: AccountRecord;
  const create = (name: string, change: object = {}) =>
    client.roleAssignments.create(account.id, name, {
      roleDefinitionId: `/subscriptions/${service.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${USER}`,
      principalId: service.stranger.objectId,
      ...change,
    });

  beforeAll(async () => {
    service = await startForTest();
    client = authorization(service);
    account = service.addAccount("Roles");
  });
  afterAll(() => service.close());
  beforeEach(() => {
    service.world.state.roleAssignments.splice(1);
  });

  it("are made, read and deleted", async () => {
    const made = await create(ONE);
    expect(made).toMatchObject({
      name: ONE,
      scope: account.id,
      principalId: service.stranger.objectId,
      principalType: "ServicePrincipal",
    });
    await expect(client.roleAssignments.get(account.id, ONE)).resolves.toMatchObject({ id: made.id });
    await client.roleAssignments.delete(account.id, ONE);
    await expect(client.roleAssignments.get(account.id, ONE)).rejects.toMatchObject({
      statusCode: 404,
      code: "RoleAssignmentNotFound",
    });
  });

  it("the same under another name exists already; the message has its id without dashes", async () => {
    await create(ONE);
    await expect(create(TWO)).rejects.toMatchObject({
      statusCode: 409,
      code: "RoleAssignmentExists",
      message: expect.stringContaining(`The ID of the existing role assignment is ${ONE.replaceAll("-", "")}.`),
    });
  });

  it("the same again is no change, another principal or role no update", async () => {
    await create(ONE);
    await expect(create(ONE)).resolves.toMatchObject({ name: ONE });
    for (const change of [{ principalId: service.deployer.objectId }, { roleDefinitionId: CONTRIBUTOR }]) {
      await expect(create(ONE, change)).rejects.toMatchObject({
        statusCode: 400,
        code: "RoleAssignmentUpdateNotPermitted",
      });
    }
  });

  it("an unknown principal is refused, unless its type is named", async () => {
    const principalId = "99999999-8888-4777-8666-555555555555";
    await expect(create(ONE, { principalId })).rejects.toMatchObject({ statusCode: 400, code: "PrincipalNotFound" });
    await expect(create(ONE, { principalId, principalType: "User" })).resolves.toMatchObject({ principalType: "User" });
  });

  it.each([
    [
      "an unknown role",
      ONE,
      { roleDefinitionId: "00000000-0000-4000-8000-000000000000" },
      "RoleDefinitionDoesNotExist",
    ],
    ["a name that is no GUID", "mine", {}, "InvalidRoleAssignmentId"],
    ["the wrong type", ONE, { principalType: "User" }, "UnmatchedPrincipalType"],
  ])("%s is refused", async (_what, name, change, code) => {
    await expect(create(name, change)).rejects.toMatchObject({ statusCode: 400, code });
  });

  it("on an account that is not there, the account is missing", async () => {
    const scope = account.id.replace(/Roles$/, "Nobody");
    const body = { roleDefinitionId: USER, principalId: service.stranger.objectId };
    await expect(client.roleAssignments.create(scope, ONE, body)).rejects.toMatchObject({
      statusCode: 404,
      code: "ResourceNotFound",
    });
  });

  it("are listed at a scope with those above, and filtered by principal", async () => {
    await create(ONE);
    const list = async (filter?: string) => {
      const found = [];
      for await (const assignment of client.roleAssignments.listForScope(account.id, { filter }))
        found.push(assignment.principalId);
      return found;
    };
    const [deployer, stranger] = [service.deployer.objectId, service.stranger.objectId];
    expect(await list()).toEqual([deployer, stranger]);
    expect(await list("atScope()")).toEqual([deployer, stranger]);
    expect(await list(`principalId eq '${stranger}'`)).toEqual([stranger]);
    const above = [];
    for await (const assignment of client.roleAssignments.listForSubscription({ filter: "atScope()" }))
      above.push(assignment.principalId);
    expect(above).toEqual([deployer]);
    await expect(list("principalType eq 'User'")).rejects.toMatchObject({ code: "InvalidFilterInQueryString" });
  });

  it("built-in roles are found by GUID and by name", async () => {
    const found = [];
    for await (const role of client.roleDefinitions.list(account.id, {
      filter: "roleName eq 'Cognitive Services OpenAI User' and type eq 'BuiltInRole'",
    }))
      found.push(role.name);
    expect(found).toEqual([USER]);
    const role = await client.roleDefinitions.get(`/subscriptions/${service.subscriptionId}`, CONTRIBUTOR);
    expect(role).toMatchObject({ roleName: "Cognitive Services OpenAI Contributor", roleType: "BuiltInRole" });
    await expect(client.roleDefinitions.get(account.id, "00000000-0000-4000-8000-000000000000")).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});
