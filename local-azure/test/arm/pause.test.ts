import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "../../src/testing";
import type { AccountRecord } from "../../src/world/state";
import { call, tokenFor } from "../https-call";

describe("pause and resume of a deployment", () => {
  let service: TestService;
  let account: AccountRecord;
  beforeAll(async () => {
    service = await startForTest();
    account = service.addAccount("Paused");
  });
  afterAll(() => service.close());

  async function arm(method: string, path: string, body?: object) {
    const headers = { authorization: `Bearer ${await tokenFor(service, service.deployer)}` };
    return call(service, `${account.id}/deployments/${path}?api-version=2026-05-01`, { method, headers, body });
  }
  const put = (name: string, sku: object) =>
    arm("PUT", name, { sku, properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } } });
  const chat = () =>
    call(service, "/accounts/paused/openai/deployments/dd/chat/completions?api-version=2024-10-21", {
      method: "POST",
      headers: { "api-key": account.keys[0] },
      body: { messages: [{ role: "user", content: "Hi" }] },
    });

  it("a paused one answers 423 and keeps its quota; both can be repeated", async () => {
    await put("dd", { name: "Standard", capacity: 3 });
    expect((await chat()).status).toBe(200);
    for (const _ of [1, 2]) {
      const { status, body } = await arm("POST", "dd/pause");
      expect([status, body]).toMatchObject([
        200,
        { sku: { capacity: 3 }, properties: { deploymentState: "Paused", provisioningState: "Succeeded" } },
      ]);
    }
    expect((await chat()).status).toBe(423);
    expect((await arm("POST", "dd/resume")).body).toMatchObject({ properties: { deploymentState: "Running" } });
    expect((await chat()).status).toBe(200);
  });

  it("other SKUs and missing deployments are refused", async () => {
    await put("pp", { name: "ProvisionedManaged", capacity: 25 });
    expect((await arm("POST", "pp/pause")).body).toMatchObject({ error: { code: "OperationNotSupported" } });
    expect((await arm("POST", "none/pause")).status).toBe(404);
  });
});
