import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { AccountRecord, ClientRecord } from "../../src/world/state";
import { issueAccessToken } from "../../src/sign-in/tokens";
import { startForTest, type TestService } from "../../src/testing";
import { authorization } from "../clients";
import { call, tokenFor } from "../https-call";

const OPENAI_USER = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";
const COGNITIVE_CONTRIBUTOR = "25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68";
const AUDIENCE = "https://cognitiveservices.azure.com";

describe("who may use the data plane", () => {
  let service: TestService;
  let account: AccountRecord;
  let user: ClientRecord;
  const models = (headers: Record<string, string>, base = "/accounts/plane") =>
    call(service, `${base}/openai/models?api-version=2024-10-21`, { headers });
  const bearer = async (client: ClientRecord, resource = AUDIENCE) => ({
    authorization: `Bearer ${await tokenFor(service, client, resource)}`,
  });
  const invalidKey = {
    error: { code: "401", message: expect.stringMatching(/^Access denied due to invalid subscription key/) },
  };

  beforeAll(async () => {
    service = await startForTest({ settings: { rbacLagSeconds: 60 } });
    user = service.addClient({ displayName: "user", roles: [OPENAI_USER] });
  });
  afterAll(() => service.close());
  beforeEach(() => {
    service.world.state.accounts = [];
    account = service.addAccount("plane");
  });

  it.each([0, 1] as const)("key %i opens the account, as api-key and in v1 as Bearer", async (index) => {
    const key = account.keys[index];
    const asBearer = { authorization: `Bearer ${key}` };
    expect((await models({ "api-key": key })).status).toBe(200);
    expect((await call(service, "/accounts/plane/openai/v1/models", { headers: asBearer })).status).toBe(200);
    const { status, body } = await models(asBearer);
    expect(status).toBe(401);
    expect(JSON.stringify(body)).toContain("Access token is missing, invalid");
  });

  it("no key, a wrong key and another account's key are refused alike", async () => {
    const other = service.addAccount("other");
    const shown: Record<string, string>[] = [{}, { "api-key": "wrong" }, { "api-key": other.keys[0] }];
    for (const headers of shown) {
      const { status, body } = await models(headers);
      expect(status).toBe(401);
      expect(body).toMatchObject(invalidKey);
    }
  });

  it("at the root the key tells which account is meant, else there must be one only", async () => {
    expect((await models(await bearer(user), "")).status).toBe(200);
    const other = service.addAccount("other");
    expect((await models({ "api-key": other.keys[0] }, "")).status).toBe(200);
    expect((await models({ "api-key": "wrong" }, "")).status).toBe(401);
    expect((await models(await bearer(user), "")).status).toBe(404);
  });

  it("keys are refused when local authentication is disabled", async () => {
    account.properties.disableLocalAuth = true;
    const { status, body } = await models({ "api-key": account.keys[0] });
    expect(status).toBe(403);
    expect(body).toMatchObject({ error: { code: "AuthenticationTypeDisabled" } });
    expect((await models(await bearer(user))).status).toBe(200);
  });

  it.each([AUDIENCE, "https://ai.azure.com"])(
    "a token for %s of a principal with the role is taken",
    async (resource) => {
      expect((await models(await bearer(user, resource))).status).toBe(200);
    },
  );

  it("a token for Resource Manager and an expired one are refused", async () => {
    const old = issueAccessToken(service.world, user, AUDIENCE);
    const headers = await bearer(user, service.origin);
    service.advance(3600_000);
    for (const shown of [headers, { authorization: `Bearer ${old}` }]) {
      const { status, body } = await models(shown);
      expect(status).toBe(401);
      expect(JSON.stringify(body)).toContain("Access token is missing, invalid, audience is incorrect");
    }
  });

  it("Owner of the subscription and Cognitive Services Contributor have no data action", async () => {
    const contributor = service.addClient({ displayName: "c", roles: [COGNITIVE_CONTRIBUTOR] });
    for (const client of [service.deployer, contributor]) {
      const { status, body } = await models(await bearer(client));
      expect(status).toBe(401);
      expect(body).toMatchObject({
        error: {
          code: "PermissionDenied",
          message: expect.stringMatching(
            new RegExp(
              `The principal \`${client.objectId}\` lacks the required data action \`Microsoft\\.CognitiveServices/accounts/OpenAI/\\S+\` to perform \`GET /openai/models\` operation`,
            ),
          ),
        },
      });
    }
  });

  it("OpenAI User may read but not upload", async () => {
    const headers = await bearer(user);
    const { status, body } = await call(service, "/accounts/plane/openai/fine_tuning/jobs?api-version=2024-10-21", {
      method: "POST",
      headers,
      body: { model: "gpt-4o-mini-2024-07-18", training_file: "file-x" },
    });
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: { code: "PermissionDenied" } });
  });

  it("a role on the account counts after the lag", async () => {
    await authorization(service).roleAssignments.create(account.id, "11111111-2222-4333-8444-555555555555", {
      roleDefinitionId: OPENAI_USER,
      principalId: service.stranger.objectId,
    });
    expect((await models(await bearer(service.stranger))).status).toBe(401);
    service.advance(60_000);
    expect((await models(await bearer(service.stranger))).status).toBe(200);
  });

  it("tokens want a subdomain, as on Azure", async () => {
    delete account.properties.customSubDomainName;
    const { status, body } = await models(await bearer(user), "");
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain("custom subdomain");
  });

  it("paths may be written in any case and with doubled slashes", async () => {
    expect((await models({ "api-key": account.keys[0] }, "/Accounts/PLANE/")).status).toBe(200);
  });
});
