import { request } from "node:https";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { ADMIN_HEADER } from "../../src/admin/admin-header";
import type { LoggedRequest } from "../../src/admin/request-log";
import type { FaultRequest } from "../../src/faults/fault";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { trainingText, upload } from "../data-plane/examples";
import { v1 } from "../data-plane/openai-clients";
import { call, tokenFor } from "../https-call";

describe("faults", () => {
  let service: TestService;
  let account: AccountRecord;
  let authorization: string;
  const ask = (path: string, method: string, body?: unknown) =>
    call(service, `/local-azure/${path}`, {
      method,
      headers: { [ADMIN_HEADER]: service.world.state.adminToken },
      body,
    });
  const admin = (method: string, body?: unknown) => ask("faults", method, body);
  /** Requests whose connection closed before the answer. */
  const left = async () => {
    const { requests } = (await ask("requests", "GET")).body as { requests: LoggedRequest[] };
    return requests.filter((one) => one.left).map(({ path }) => path);
  };
  const set = (fault: FaultRequest) => admin("POST", fault);
  const group = (name: string) =>
    `/subscriptions/${service.subscriptionId}/resourceGroups/${name}?api-version=2024-03-01`;
  const put = (name: string) =>
    call(service, group(name), { method: "PUT", headers: { authorization }, body: { location: "eastus" } });
  const exists = (name: string) => service.world.state.resourceGroups.some((one) => one.name === name);

  beforeAll(async () => {
    service = await startForTest();
    account = service.addAccount("Faulty");
    authorization = `Bearer ${await tokenFor(service, service.deployer)}`;
  });
  afterEach(() => admin("DELETE"));
  afterAll(() => service.close());

  it("are for those who know the admin token", async () => {
    expect((await call(service, "/local-azure/faults", { method: "POST", body: {} })).status).toBe(403);
  });

  it("drop before handling: nothing happened; after handling: it did", async () => {
    await set({ match: "^PUT .*/resourcegroups/", action: { kind: "drop", when: "before" } });
    await expect(put("early")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(exists("early")).toBe(false);
    await set({ match: "^PUT ", action: { kind: "drop", when: "after" } });
    await expect(put("late")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(exists("late")).toBe(true);
  });

  it("count only matching requests, from the n-th on, so many times", async () => {
    await set({ match: "^PUT .*/counted", nth: 2, times: 2, action: { kind: "answer", status: 503, retryAfterMs: 5 } });
    await put("other");
    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push((await put("counted")).status);
    expect(answers).toEqual([201, 503, 503, 200]);
    expect((await admin("GET")).body).toMatchObject({ faults: [{ seen: 4, fired: 2 }] });
  });

  it("an answer carries code, message and retry headers, and nothing was handled", async () => {
    const action = {
      kind: "answer",
      status: 429,
      code: "TooManyRequests",
      message: "later",
      retryAfterSeconds: 3,
    } as const;
    await set({ match: "/limited", action });
    const { status, body, headers } = await put("limited");
    expect([status, headers["retry-after"], headers["x-ms-error-code"]]).toEqual([429, "3", "TooManyRequests"]);
    expect(body).toEqual({ error: { code: "TooManyRequests", message: "later" } });
    expect(exists("limited")).toBe(false);
  });

  it("a truncated body ends the connection in the middle", async () => {
    await set({ match: "/cut", action: { kind: "truncate" } });
    await expect(put("cut")).rejects.toThrow();
    expect(exists("cut")).toBe(true);
  });

  it("a reply that is not Azure's comes instead of the handling, or instead of the answer to what was handled", async () => {
    const html = { status: 200, contentType: "text/html", body: "<html>Welcome</html>" };
    const plain = async (name: string) => {
      const answer = await call(service, group(name), {
        method: "PUT",
        headers: { authorization },
        body: { location: "eastus" },
      });
      return [answer.status, answer.headers["content-type"], answer.headers["x-ms-request-id"], answer.body];
    };
    await set({ match: "/unseen", action: { kind: "reply", when: "before", ...html, status: 404 } });
    expect((await plain("unseen")).slice(0, 2)).toEqual([404, "text/html"]);
    expect(exists("unseen")).toBe(false);
    await set({ match: "/handled", action: { kind: "reply", when: "after", ...html } });
    expect((await plain("handled")).slice(0, 3)).toEqual([200, "text/html", undefined]);
    expect(exists("handled")).toBe(true);
  });

  it("a repeated page says again and again that there are more", async () => {
    const { file, purpose } = upload(trainingText());
    await v1(service, account).files.create({ file: await file, purpose });
    await set({ match: "^GET .*/files$", action: { kind: "repeat-page" } });
    const ids: string[] = [];
    for await (const file of v1(service, account).files.list({ limit: 1 })) {
      ids.push(file.id);
      if (ids.length === 3) break;
    }
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(3);
    account.dataPlane.files.length = 0;
    await set({ match: "^GET .*/deployments$", action: { kind: "repeat-page" } });
    const path = `/subscriptions/${service.subscriptionId}/resourceGroups/${account.resourceGroup}/providers/Microsoft.CognitiveServices/accounts/Faulty/deployments?api-version=2024-10-01`;
    const { body } = await call(service, path, { method: "GET", headers: { authorization } });
    expect((body as { nextLink: string }).nextLink).toMatch(/\/accounts\/Faulty\/deployments\?api-version=2024-10-01$/);
  });

  it("a delay after handling holds the answer only", async () => {
    await set({ match: "/slow", action: { kind: "delay", when: "after", ms: 100 } });
    const started = Date.now();
    await put("slow");
    expect(Date.now() - started).toBeGreaterThanOrEqual(95);
  });

  /** Resolves when a fault has met its request. */
  const fired = async (): Promise<void> => {
    for (;;) {
      const { faults } = (await admin("GET")).body as { faults: { fired: number }[] };
      if (faults.some((fault) => fault.fired > 0)) return;
    }
  };

  it.each(["before", "after"] as const)(
    "held %s handling, a request goes on when the faults are cleared",
    async (when) => {
      await set({ match: "/held", action: { kind: "hold", when } });
      const asked = put(`held-${when}`);
      await fired();
      expect(exists(`held-${when}`)).toBe(when === "after");
      await admin("DELETE");
      expect((await asked).status).toBe(201);
    },
  );

  it("held before handling, a request whose client is gone is never handled", async () => {
    await set({ match: "/orphan", action: { kind: "hold", when: "before" } });
    const client = request(`${service.origin}${group("orphan")}`, {
      method: "PUT",
      ca: service.caPem,
      headers: { authorization },
    });
    const gone = new Promise((resolve) => client.on("close", resolve));
    client.on("error", () => undefined).end("{}");
    await fired();
    client.destroy();
    await gone;
    while (!(await left()).some((path) => path.includes("orphan"))) await put("other");
    await admin("DELETE");
    await put("other");
    expect(exists("orphan")).toBe(false);
    expect(await left()).not.toContainEqual(expect.stringContaining("other"));
  });

  it("an upload can be cut in the middle; no file is left", async () => {
    await set({ match: "^POST .*/files", action: { kind: "reset-upload", afterBytes: 2000 } });
    const { file, purpose } = upload(trainingText(200));
    await expect(v1(service, account).files.create({ file: await file, purpose })).rejects.toThrow(/[Cc]onnection/);
    expect(account.dataPlane.files).toEqual([]);
  });

  it.each([
    ["no kind", { action: {} }],
    ["no moment", { action: { kind: "drop" } }],
    ["no moment of a hold", { action: { kind: "hold" } }],
    ["no expression", { match: "(", action: { kind: "truncate" } }],
  ])("%s is refused", async (_what, fault) => {
    expect((await set(fault as FaultRequest)).status).toBe(400);
  });
});
