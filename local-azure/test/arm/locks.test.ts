import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "../../src/testing";
import { call, tokenFor } from "../https-call";

describe("locks", () => {
  let service: TestService;
  let group: string;
  let account: string;
  beforeEach(async () => {
    service = await startForTest();
    group = `/subscriptions/${service.subscriptionId}/resourceGroups/ResourceGroup1`;
    account = service.addAccount("Locked").id;
  });
  afterEach(() => service.close());

  async function ask(method: string, path: string, body?: object, client = service.deployer) {
    const headers = { authorization: `Bearer ${await tokenFor(service, client)}` };
    const version = /\/locks(\/|$|\?)/.test(path)
      ? "2020-05-01"
      : /CognitiveServices/.test(path)
        ? "2025-06-01"
        : "2024-11-01";
    const answer = await call(service, `${path}${path.includes("?") ? "&" : "?"}api-version=${version}`, {
      method,
      headers,
      body,
    });
    return {
      status: answer.status,
      code: (answer.body as { error?: { code: string } } | undefined)?.error?.code,
      body: answer.body,
    };
  }
  const lockOf = (scope: string, name = "l") => `${scope}/providers/Microsoft.Authorization/locks/${name}`;
  const put = (scope: string, level: string) => ask("PUT", lockOf(scope), { properties: { level, notes: "kept" } });
  const model = {
    sku: { name: "Standard", capacity: 1 },
    properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } },
  };

  it("is written, shown, listed from above and below, and deleted", async () => {
    const { status, body } = await put(account, "cannotdelete");
    const shown = {
      id: lockOf(account),
      name: "l",
      type: "Microsoft.Authorization/locks",
      properties: { level: "CanNotDelete", notes: "kept" },
    };
    expect([status, body]).toEqual([201, shown]);
    expect((await put(account, "CanNotDelete")).status).toBe(200);
    expect((await ask("GET", lockOf(account))).body).toEqual(shown);
    const list = async (scope: string, filter = "") =>
      ((await ask("GET", `${scope}/providers/Microsoft.Authorization/locks${filter}`)).body as { value: unknown[] })
        .value.length;
    expect([await list(group), await list(group, "?$filter=atScope()"), await list(account)]).toEqual([1, 0, 1]);
    expect((await ask("DELETE", lockOf(account))).status).toBe(200);
    expect((await ask("DELETE", lockOf(account))).status).toBe(204);
    expect((await ask("GET", lockOf(account))).code).toBe("LockNotFound");
  });

  it("CanNotDelete: nothing at, below or around it is deleted, everything may be changed", async () => {
    await ask("PUT", `${account}/deployments/dd`, model);
    await put(account, "CanNotDelete");
    const refused = await ask("DELETE", `${account}/deployments/dd`);
    expect([refused.status, refused.body]).toEqual([
      409,
      {
        error: {
          code: "ScopeLocked",
          message: `The scope '${account}/deployments/dd' cannot perform delete operation because following scope(s) are locked: '${account}'. Please remove the lock and try again.`,
        },
      },
    ]);
    expect((await ask("DELETE", account)).code).toBe("ScopeLocked");
    expect((await ask("DELETE", group)).code).toBe("ScopeLocked");
    expect((await ask("PATCH", account, { tags: { a: "b" } })).status).toBe(200);
    expect((await ask("POST", `${account}/listKeys`)).status).toBe(200);
    await ask("DELETE", lockOf(account));
    expect((await ask("DELETE", `${account}/deployments/dd`)).status).toBe(200);
  });

  it("ReadOnly of the group: its accounts are read alone, and keys can't be listed", async () => {
    await put(group, "ReadOnly");
    expect((await ask("GET", account)).status).toBe(200);
    for (const [method, path, body] of [
      ["PUT", `${account}/deployments/dd`, model],
      ["PATCH", account, { tags: {} }],
      ["POST", `${account}/listKeys`, undefined],
      ["DELETE", account, undefined],
    ] as const)
      expect(await ask(method, path, body)).toMatchObject({ status: 409, code: "ScopeLocked" });
    expect((await ask("DELETE", lockOf(group))).status).toBe(200);
    expect((await ask("POST", `${account}/listKeys`)).status).toBe(200);
  });

  it("is no contributor's to write, and its level is one of two", async () => {
    const contributor = service.addClient({ displayName: "c", roles: ["b24988ac-6180-42a0-ab88-20f7382dd24c"] });
    expect((await ask("PUT", lockOf(account), { properties: { level: "ReadOnly" } }, contributor)).code).toBe(
      "AuthorizationFailed",
    );
    expect(await put(account, "Never")).toMatchObject({ status: 400, code: "InvalidRequestContent" });
  });

  it("goes with its group", async () => {
    await ask("PUT", group.replace("ResourceGroup1", "Other"), { location: "eastus" });
    const other = group.replace("ResourceGroup1", "Other");
    await put(other, "CanNotDelete");
    expect((await ask("DELETE", other)).code).toBe("ScopeLocked");
    await ask("DELETE", lockOf(other));
    expect((await ask("DELETE", other)).status).toBe(202);
    expect(service.world.state.locks).toEqual([]);
  });
});
