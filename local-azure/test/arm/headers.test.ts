import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { call, tokenFor } from "../https-call";

describe("headers of Resource Manager", () => {
  let service: TestService;
  let account: AccountRecord;
  let authorization: string;
  beforeAll(async () => {
    service = await startForTest();
    authorization = `Bearer ${await tokenFor(service, service.deployer)}`;
  });
  afterAll(() => service.close());
  beforeEach(() => {
    service.world.state.accounts = [];
    account = service.addAccount("Headers");
  });

  const ask = (method: string, below = "", body?: object, headers: Record<string, string> = {}) =>
    call(service, `${account.id}${below}?api-version=2025-06-01`, {
      method,
      body,
      headers: { authorization, ...headers },
    });
  const deployment = {
    sku: { name: "Standard", capacity: 1 },
    properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } },
  };

  it("name the operation by tenant, caller and region", async () => {
    const { headers } = await ask("GET");
    expect(headers["x-ms-operation-identifier"]).toMatch(
      new RegExp(`^tenantId=${service.tenantId},objectId=${service.deployer.objectId}/northcentralus/[-0-9a-f]{36}$`),
    );
  });

  it("count reads, writes and deletes down, and up again with the time", async () => {
    const left = async (method: string, kind: string, body?: object) =>
      Number((await ask(method, "", body)).headers[`x-ms-ratelimit-remaining-subscription-${kind}`]);
    service.advance(60_000);
    expect([await left("GET", "reads"), await left("GET", "reads")]).toEqual([249, 248]);
    expect(await left("GET", "global-reads")).toBe(3747);
    expect([await left("PATCH", "writes", {}), await left("DELETE", "deletes")]).toEqual([199, 199]);
    service.advance(60_000);
    expect(await left("GET", "reads")).toBe(249);
  });

  it.each([
    ["an account", "", { tags: { a: "b" } }],
    ["a deployment", "/deployments/base", { tags: { a: "b" } }],
  ])("%s has its etag as a header; If-Match lets the first of two writers through", async (_what, below, change) => {
    if (below) await ask("PUT", below, deployment);
    const read = await ask("GET", below);
    const tag = String(read.headers.etag);
    expect(read.body).toMatchObject({ etag: tag });
    const first = await ask("PATCH", below, change, { "if-match": tag });
    expect(first.status).toBe(200);
    expect(first.headers.etag).not.toBe(tag);
    const second = await ask("PATCH", below, { tags: { a: "c" } }, { "if-match": tag });
    expect([second.status, second.body]).toEqual([
      412,
      { error: { code: "PreconditionFailed", message: expect.stringContaining(`If-Match: ${tag} is not met`) } },
    ]);
    expect((await ask("DELETE", below, undefined, { "if-match": tag })).status).toBe(412);
    expect((await ask("GET", below)).body).toMatchObject(change);
  });

  it("If-None-Match: * makes a resource, and never changes one", async () => {
    const only = { "if-none-match": "*" };
    expect((await ask("PUT", "/deployments/once", deployment, only)).status).toBe(201);
    expect((await ask("PUT", "/deployments/once", deployment, only)).status).toBe(412);
    expect((await ask("PUT", "/deployments/gone", deployment, { "if-match": "*" })).status).toBe(412);
    expect(account.deployments.map(({ name }) => name)).toEqual(["once"]);
  });
});
