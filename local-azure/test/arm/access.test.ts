import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { issueAccessToken } from "../../src/sign-in/tokens";
import { startForTest, type TestService } from "../../src/testing";
import { authorization, cognitiveServices } from "../clients";
import { call, tokenFor } from "../https-call";

const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

describe("who may use Resource Manager", () => {
  let service: TestService;
  let path: string;
  const get = (token: string | undefined, at = path) =>
    call(service, at, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  const code = (body: unknown) => (body as { error: { code: string } }).error.code;

  beforeAll(async () => {
    service = await startForTest({ settings: { rbacLagSeconds: 60 } });
    path = `/subscriptions/${service.subscriptionId}/resourceGroups?api-version=2024-03-01`;
  });
  afterAll(() => service.close());

  it("a request without a token gets 401 and a challenge", async () => {
    const { status, body, headers } = await get(undefined);
    expect([status, code(body)]).toEqual([401, "AuthenticationFailed"]);
    expect(headers["www-authenticate"]).toContain(`Bearer authorization_uri="${service.origin}/${service.tenantId}"`);
    expect(headers["x-ms-error-code"]).toBe("AuthenticationFailed");
  });

  it("a token that was changed is invalid", async () => {
    const token = await tokenFor(service, service.deployer);
    const [head, , signature] = token.split(".");
    const forged = Buffer.from(JSON.stringify({ aud: service.origin, oid: "x" })).toString("base64url");
    const { status, body } = await get(`${head}.${forged}.${signature}`);
    expect([status, code(body)]).toEqual([401, "InvalidAuthenticationToken"]);
  });

  it("a token for another audience names it", async () => {
    const token = await tokenFor(service, service.deployer, "https://cognitiveservices.azure.com");
    const { status, body } = await get(token);
    expect([status, code(body)]).toEqual([401, "InvalidAuthenticationTokenAudience"]);
    expect(JSON.stringify(body)).toContain("https://cognitiveservices.azure.com");
  });

  it("an expired token says when it expired", async () => {
    const token = issueAccessToken(service.world, service.deployer, service.origin);
    expect((await get(token)).status).toBe(200);
    service.advance(3600 * 1000);
    const { status, body } = await get(token);
    expect([status, code(body)]).toEqual([401, "ExpiredAuthenticationToken"]);
    expect(JSON.stringify(body)).toMatch(/expiry UTC time '11\/22\/2026 12:59:59 PM' is earlier than/);
  });

  it("api-version is required", async () => {
    const { status, body } = await get(await tokenFor(service, service.deployer), path.split("?")[0]);
    expect([status, code(body)]).toEqual([400, "MissingApiVersionParameter"]);
  });

  it("another subscription is not found", async () => {
    const other = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups?api-version=2024-03-01";
    const { status, body } = await get(await tokenFor(service, service.deployer), other);
    expect([status, code(body)]).toEqual([404, "SubscriptionNotFound"]);
  });

  it("a principal without a role is told which action it lacks", async () => {
    const client = cognitiveServices(service, service.stranger);
    await expect(client.accounts.listKeys("ResourceGroup1", "x")).rejects.toMatchObject({
      statusCode: 403,
      code: "AuthorizationFailed",
      message: expect.stringContaining(
        `The client '${service.stranger.clientId}' with object id '${service.stranger.objectId}' does not have ` +
          "authorization to perform action 'Microsoft.CognitiveServices/accounts/listKeys/action' over scope " +
          `'/subscriptions/${service.subscriptionId}/resourceGroups/ResourceGroup1/providers/Microsoft.CognitiveServices/accounts/x'`,
      ),
    });
  });

  it("Reader may read but neither write nor list keys", async () => {
    service.addAccount("Readable");
    const reader = service.addClient({ displayName: "reader", roles: [READER] });
    const client = cognitiveServices(service, reader);
    await expect(client.accounts.get("ResourceGroup1", "Readable")).resolves.toMatchObject({ name: "Readable" });
    await expect(client.accounts.listKeys("ResourceGroup1", "Readable")).rejects.toMatchObject({ statusCode: 403 });
    await expect(client.accounts.beginDeleteAndWait("ResourceGroup1", "Readable")).rejects.toMatchObject({
      statusCode: 403,
    });
  });

  it("a new role counts after the lag, a removed one until the lag is over", async () => {
    const scope = `/subscriptions/${service.subscriptionId}`;
    const roles = authorization(service);
    const client = cognitiveServices(service, service.stranger);
    const name = "11111111-2222-4333-8444-555555555555";
    await roles.roleAssignments.create(scope, name, {
      roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${READER}`,
      principalId: service.stranger.objectId,
    });
    const read = () => client.accounts.get("ResourceGroup1", "Readable");
    await expect(read()).rejects.toMatchObject({ statusCode: 403 });
    service.advance(60_000);
    await expect(read()).resolves.toMatchObject({ name: "Readable", kind: "OpenAI" });
    await roles.roleAssignments.delete(scope, name);
    await expect(read()).resolves.toMatchObject({ name: "Readable", kind: "OpenAI" });
    service.advance(60_000);
    await expect(read()).rejects.toMatchObject({ statusCode: 403 });
  });
});
