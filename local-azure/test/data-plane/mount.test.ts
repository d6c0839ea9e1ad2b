import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { call } from "../https-call";
import { v1 } from "./openai-clients";

describe("api-version on v1", () => {
  let service: TestService;
  let account: AccountRecord;
  beforeAll(async () => {
    service = await startForTest();
    account = service.addAccount("versions");
  });
  afterAll(() => service.close());

  const models = (query: string) =>
    call(service, `/accounts/versions/openai/v1/models${query}`, { headers: { "api-key": account.keys[0] } });

  it.each(["", "?api-version=v1", "?api-version=preview", "?api-version=latest"])("%j is served", async (query) => {
    expect((await models(query)).status).toBe(200);
  });

  it.each([
    ["2024-10-21", "api-version query parameter is not allowed when using /v1 path"],
    ["2025-04-01-preview", "api-version query parameter is not allowed when using /v1 path"],
    ["v2", "API version not supported"],
    ["", "API version not supported"],
  ])("%j is refused", async (version, message) => {
    const { status, body } = await models(`?api-version=${version}`);
    expect([status, body]).toEqual([400, { error: { code: "BadRequest", message } }]);
  });

  it("the client shows the sentence when it sends a dated version with v1's address", async () => {
    const client = v1(service, account).withOptions({ defaultQuery: { "api-version": "2024-10-21" } });
    await expect(client.models.list()).rejects.toThrow(
      "400 api-version query parameter is not allowed when using /v1 path",
    );
  });
});
