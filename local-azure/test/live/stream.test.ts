import { request as rawRequest } from "node:https";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { ADMIN_HEADER } from "../../src/admin/admin-header";
import { LIVE_PATH, liveToken } from "../../src/admin/live-link";
import { LIVE_HEADER } from "../../src/live/guard";
import type { RequestDetail, Sections, ShownRequest } from "../../src/live/shapes";
import { startForTest, type TestService } from "../../src/testing";
import type { AccountRecord } from "../../src/world/state";
import { v1 } from "../data-plane/openai-clients";
import { trainingText } from "../data-plane/examples";
import { uploadFile } from "../data-plane/plain-client";
import { call, tokenFor } from "../https-call";
import { watch, type Watch } from "./watch";

let service: TestService;
let account: AccountRecord;
let open: Watch;
beforeAll(async () => {
  service = await startForTest({ settings: { trainingSeconds: 100, fileSeconds: 1, deploymentSeconds: 10 } });
  account = service.addAccount("Watched");
});
afterAll(() => service.close());
beforeEach(async () => {
  open = await watch(service);
  await open.until(() => open.section("models") !== undefined);
});
afterEach(() => open.close());

const ask = (path: string) =>
  call(service, `${LIVE_PATH}${path}`, { headers: { [LIVE_HEADER]: liveToken(service.world.state) } });
const seen = () => {
  const byNumber = new Map<number, ShownRequest>();
  for (const line of open.lines)
    if (line.type === "requests") line.requests.forEach((request) => byNumber.set(request.number, request));
  return [...byNumber.values()];
};
const answered = (path: string) => seen().find((request) => request.path.startsWith(path) && request.status !== 0);

describe("what is there", () => {
  it("comes at once, each section once, after who says it", () => {
    expect(open.lines[0]).toMatchObject({
      type: "hello",
      service: { endpoint: service.origin, subscriptionId: service.subscriptionId, keptRequests: 10_000 },
    });
    const sections = open.lines.flatMap((line) => (line.type === "section" ? [line.section] : []));
    expect(new Set(sections).size).toBe(11);
    expect(open.section("accounts")!.rows).toEqual([
      expect.objectContaining({ name: "Watched", kind: "OpenAI", location: "northcentralus", state: "Succeeded" }),
    ]);
    expect(open.section("clock")).toMatchObject({ kind: "manual", aheadMs: 0, seconds: { trainingSeconds: 100 } });
  });

  it("follows a file, its job and a deployment through their course, though nobody asks for them", async () => {
    const text = trainingText();
    const { body: file } = await uploadFile(service, account, "openai/v1/files", text, "fine-tune");
    await open.until(() => open.section("files")!.rows[0]?.status === "pending");
    service.advance(1_000);
    await open.until(() => open.section("files")!.rows[0]?.status === "processed");
    expect(open.section("files")!.rows[0]).toMatchObject({
      id: file.id,
      purpose: "fine-tune",
      rows: 12,
      bytes: Buffer.byteLength(text),
    });

    const job = await v1(service, account).fineTuning.jobs.create({
      ...{ model: "gpt-4o-mini-2024-07-18", training_file: file.id as string, suffix: "watched" },
      metadata: { note: "canary-metadata" },
    });
    const row = () => open.section("jobs")!.rows.find(({ id }) => id === job.id);
    await open.until(() => row()?.status === "pending");
    service.advance(60_000);
    await open.until(() => row()?.status === "running" && row()!.step > 0);
    const { percent, steps } = row()!;
    expect(percent).toBeGreaterThan(0);
    expect(steps).toBeGreaterThan(10);
    const midway = (await ask(`/accounts/Watched/jobs/${job.id}`)).body as { events: { message: string }[] };
    expect(midway.events[0]!.message).toMatch(/^Step \d+: training loss=/);
    service.advance(200_000);
    await open.until(() => row()?.status === "succeeded" && row()!.billedTokens !== undefined);
    expect(row()).toMatchObject({ percent: 100, step: steps, fineTunedModel: expect.stringContaining("-watched") });
    // By the feed: 0.0033 USD for 1,000 tokens of Standard training.
    expect(row()!.usd).toBeCloseTo((row()!.billedTokens! / 1000) * 0.0033, 10);
    await open.until(() => open.section("totals")!.paidJobs === 1);
    // A page that opens before the tokens are counted must not show a bill of nothing.
    const totals = open.lines.flatMap((line) =>
      line.type === "section" && line.section === "totals" ? [line.content as Sections["totals"]] : [],
    );
    const isDone = totals.findIndex(({ counting }) => counting === 1);
    expect(isDone).toBeGreaterThan(0);
    expect(totals.slice(isDone).every(({ paidJobs, counting }) => paidJobs + counting === 1)).toBe(true);
    expect(open.section("totals")).toMatchObject({
      jobsEverCreated: 1,
      billedTokens: row()!.billedTokens,
      counting: 0,
      unpriced: 0,
    });
    const { body: detail } = await ask(`/accounts/Watched/jobs/${job.id}`);
    expect(detail).toMatchObject({
      ...{ trainingFile: file.id, suffix: "watched" },
      events: expect.arrayContaining([expect.objectContaining({ message: "Job succeeded." })]),
      checkpoints: expect.arrayContaining([expect.objectContaining({ step: steps })]),
    });
    expect(JSON.stringify(detail) + JSON.stringify(open.lines)).not.toMatch(/canary|makes machines do/);
  }, 30_000);

  it("knows quota, roles and faults", async () => {
    const headers = { [ADMIN_HEADER]: service.world.state.adminToken };
    const action = { kind: "reply", when: "before", status: 502, contentType: "text/html", body: "canary" };
    await call(service, "/local-azure/faults", {
      method: "POST",
      headers,
      body: { match: "GET /nowhere", nth: 2, action },
    });
    await call(service, "/local-azure/accounts/Watched/job-faults", {
      method: "POST",
      headers,
      body: { outcome: "preempt" },
    });
    await open.until(() => open.section("faults")!.rows.length === 2);
    expect(open.section("faults")!.rows).toEqual([
      { id: "request-1", of: "GET /nowhere", which: "match 2", what: "reply 502 before handling", seen: 0, fired: 0 },
      { id: "Watched-job-0", of: "next job in Watched", what: "preempt" },
    ]);
    await call(service, "/local-azure/faults", { method: "DELETE", headers });
    const token = await tokenFor(service, service.deployer);
    await call(service, `${account.id}/deployments/chat?api-version=2025-06-01`, {
      ...{ method: "PUT", headers: { authorization: `Bearer ${token}` } },
      body: {
        sku: { name: "Standard", capacity: 7 },
        properties: { model: { format: "OpenAI", name: "gpt-4o-mini" } },
      },
    });
    const found = () => open.section("deployments")!.rows.find(({ name }) => name === "chat");
    await open.until(() => found() !== undefined);
    expect(found()).toMatchObject({ model: "gpt-4o-mini", sku: "Standard", capacity: 7, fineTuned: false });
    await open.until(() => open.section("quota")!.rows.length > 0);
    expect(open.section("quota")!.rows).toContainEqual(
      expect.objectContaining({ location: "northcentralus", name: "OpenAI.Standard.gpt-4o-mini", used: 7 }),
    );
    expect(open.section("roles")!.rows).toContainEqual(
      expect.objectContaining({ principal: "deployer", role: "Owner", inEffect: true }),
    );
  });
});

describe("what is asked", () => {
  it("comes with status, duration, client and request id, and headers on demand, of which none is secret", async () => {
    const secret = await tokenFor(service, service.deployer);
    const { headers } = await call(service, "/subscriptions?api-version=2022-12-01&sig=canary-query", {
      headers: { authorization: `Bearer ${secret}`, "api-key": "canary-key", "user-agent": "a-client/1.2" },
    });
    await open.until(() => answered("/subscriptions?") !== undefined);
    const request = answered("/subscriptions?")!;
    expect(request).toMatchObject({
      ...{ method: "GET", path: "/subscriptions?api-version=2022-12-01", status: 200, agent: "a-client/1.2" },
      ...{ id: headers["x-ms-request-id"], ms: expect.any(Number), at: service.world.clock.now() },
    });
    const { body } = await ask(`/requests/${request.number}`);
    const { asked, answered: back } = body as RequestDetail;
    expect(asked).toContainEqual({ name: "user-agent", value: "a-client/1.2" });
    expect(asked).toContainEqual({
      name: "authorization",
      value: `Bearer, ${secret.length + 7} characters`,
      hidden: true,
    });
    expect(back).toContainEqual({ name: "x-ms-request-id", value: request.id });
    const everything = JSON.stringify(open.lines) + JSON.stringify(body);
    for (const text of [
      secret,
      "canary",
      ...account.keys,
      service.deployer.clientSecret,
      service.world.state.adminToken,
    ])
      expect(everything).not.toContain(text);
  });

  it("says of a client that leaves that it has left", async () => {
    await call(service, "/local-azure/faults", {
      ...{ method: "POST", headers: { [ADMIN_HEADER]: service.world.state.adminToken } },
      body: { match: "GET /metadata", action: { kind: "hold", when: "before" } },
    });
    const asked = rawRequest(`${service.origin}/metadata/endpoints`, { ca: service.caPem, agent: false });
    asked.on("error", () => undefined).end();
    const found = () => seen().find(({ path }) => path.startsWith("/metadata"));
    await open.until(() => found() !== undefined);
    expect(found()!.status).toBe(0);
    asked.destroy();
    await open.until(() => found()!.left === true);
    await call(service, "/local-azure/faults", {
      ...{ method: "DELETE", headers: { [ADMIN_HEADER]: service.world.state.adminToken } },
    });
  });

  it("says of a request that it no longer remembers that it doesn't", async () => {
    expect(await ask("/requests/999999")).toMatchObject({
      status: 404,
      body: { message: "The service no longer remembers this request." },
    });
    expect((await ask("/accounts/Watched/jobs/ftjob-none")).body).toEqual({ message: "The job no longer exists." });
    expect((await ask("/accounts/Nobody/jobs/ftjob-none")).status).toBe(404);
  });
});
