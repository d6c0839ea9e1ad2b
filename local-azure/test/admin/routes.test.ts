import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ADMIN_HEADER } from "../../src/admin/admin-header";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { call, tokenFor } from "../https-call";

describe("endpoints for tests and tools", () => {
  let service: TestService;
  let account: AccountRecord;
  const ask = (method: string, path: string, body?: unknown) =>
    call(service, `/local-azure${path}`, { method, body, headers: { [ADMIN_HEADER]: service.world.state.adminToken } });

  beforeAll(async () => {
    service = await startForTest();
    account = service.addAccount("Admin");
  });
  afterAll(() => service.close());

  it.each(["/counters", "/requests", "/clock", "/settings", "/faults"])("%s wants the admin token", async (path) => {
    expect((await call(service, `/local-azure${path}`, { headers: { [ADMIN_HEADER]: "wrong" } })).status).toBe(403);
  });

  it("the clock is moved", async () => {
    const before = service.world.clock.now();
    expect((await ask("POST", "/clock", { advanceMs: 5000 })).body).toEqual({ now: before + 5000 });
    expect((await ask("POST", "/clock", { advanceMs: -1 })).status).toBe(400);
  });

  it("settings are changed by name; unknown ones and wrong values are refused whole", async () => {
    expect((await ask("PATCH", "/settings", { trainingSeconds: 3 })).body).toMatchObject({ trainingSeconds: 3 });
    for (const wrong of [{ unknown: 1 }, { trainingSeconds: "3" }, { fileSeconds: 4, trainingSeconds: -1 }])
      expect((await ask("PATCH", "/settings", wrong)).status).toBe(400);
    expect(service.world.settings).toMatchObject({ trainingSeconds: 3, fileSeconds: 0 });
  });

  it("requests are listed without anything secret", async () => {
    const secret = await tokenFor(service, service.deployer);
    await call(service, `/subscriptions?api-version=2022-12-01&sig=canary`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    const { body } = await ask("GET", "/requests");
    const text = JSON.stringify(body);
    expect(body).toMatchObject({
      requests: expect.arrayContaining([
        expect.objectContaining({ method: "GET", path: "/subscriptions?api-version=2022-12-01", status: 200 }),
      ]),
    });
    for (const hidden of ["canary", secret, service.deployer.clientSecret, "local-azure"])
      expect(text).not.toContain(hidden);
  });

  it("an account becomes a Foundry account in place: same id and data, another endpoint beside the OpenAI address", async () => {
    const path = `${account.id}?api-version=2025-06-01`;
    const headers = { authorization: `Bearer ${await tokenFor(service, service.deployer)}` };
    const before = (await call(service, path, { headers })).body as { properties: { endpoint: string } };
    expect((await ask("POST", "/accounts/nobody/upgrade")).status).toBe(404);
    expect((await ask("POST", `/accounts/${account.name}/upgrade`)).status).toBe(200);
    const after = (await call(service, path, { headers })).body as typeof before;
    expect(after).toMatchObject({
      id: account.id,
      kind: "AIServices",
      identity: { type: "SystemAssigned", principalId: expect.any(String) },
      properties: {
        allowProjectManagement: true,
        previouskind: "OpenAI",
        endpoints: { "OpenAI Language Model Instance API": before.properties.endpoint },
      },
    });
    expect(after.properties.endpoint).not.toBe(before.properties.endpoint);
    const bare = { location: account.location, kind: "AIServices", sku: { name: "S0" } };
    const body = { ...bare, properties: { allowProjectManagement: true } };
    expect((await call(service, path, { method: "PUT", headers, body })).status).toBe(400);
  });

  it("an application is added with its roles", async () => {
    const { body } = await ask("POST", "/clients", {
      displayName: "extra",
      roles: ["acdd72a7-3385-48ef-bd42-f606fba81ae7"],
    });
    const token = await tokenFor(service, body as { clientId: string; clientSecret: string });
    const list = await call(service, "/subscriptions?api-version=2022-12-01", {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(list.body).toMatchObject({ value: [{ subscriptionId: service.subscriptionId }] });
  });

  it("things are deleted behind everybody's back, and counted", async () => {
    account.dataPlane.files.push({
      id: "file-1",
      filename: "a",
      purpose: "fine-tune",
      bytes: 1,
      createdAt: 0,
      processedAt: 0,
    });
    expect((await ask("GET", "/counters")).body).toMatchObject({
      accounts: 1,
      files: 1,
      jobs: 0,
      jobsEverCreated: 0,
      deployments: 0,
    });
    expect((await ask("DELETE", "/accounts/admin/files/file-1")).status).toBe(200);
    expect((await ask("DELETE", "/accounts/admin/files/file-1")).status).toBe(404);
    expect((await ask("DELETE", "/accounts/admin")).status).toBe(200);
    expect((await ask("GET", "/counters")).body).toMatchObject({ accounts: 0, deletedAccounts: 0, files: 0 });
  });
});
