import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ADMIN_HEADER } from "../../src/admin/admin-header";
import { LIVE_PATH, liveLink, liveToken } from "../../src/admin/live-link";
import { LIVE_HEADER } from "../../src/live/guard";
import { startForTest, type TestService } from "../../src/testing";
import { call } from "../https-call";

let service: TestService;
let host: string;
let token: string;
beforeAll(async () => {
  service = await startForTest({
    page: () => Promise.resolve({ html: "<p>The page.</p>", policy: "default-src 'none'" }),
  });
  host = new URL(service.origin).host;
  token = liveToken(service.world.state);
});
afterAll(() => service.close());

const detail = `${LIVE_PATH}/requests/1`;
const ours = () => ({ [LIVE_HEADER]: token });

describe("who is let in", () => {
  const table: [string, string, () => Record<string, string>, number][] = [
    ["the page, by its link", LIVE_PATH, () => ({}), 200],
    ["the page, from a link on another page", LIVE_PATH, () => ({ "sec-fetch-site": "cross-site" }), 200],
    // Nothing was asked yet: who is let in is told that.
    ["a call of the page", detail, () => ({ ...ours(), origin: service.origin, "sec-fetch-site": "same-origin" }), 404],
    ["a call without Origin, as GET sends none", detail, ours, 404],
    ["the address 127.0.0.1", detail, () => ({ ...ours(), host: host.replace("localhost", "127.0.0.1") }), 404],
    ["another port, as of a container", detail, () => ({ ...ours(), host: "localhost:9000" }), 404],
    ["no token", detail, () => ({}), 401],
    ["an empty token", detail, () => ({ [LIVE_HEADER]: "" }), 401],
    ["a wrong token", detail, () => ({ [LIVE_HEADER]: `${token}x` }), 401],
    ["the admin token", detail, () => ({ [LIVE_HEADER]: service.world.state.adminToken }), 401],
    ["another site's page", detail, () => ({ ...ours(), origin: "https://example.com" }), 403],
    ["another port's page", detail, () => ({ ...ours(), origin: "https://localhost:1" }), 403],
    ["the same place without TLS", detail, () => ({ ...ours(), origin: service.origin.replace("https", "http") }), 403],
    ["a sandboxed page", detail, () => ({ ...ours(), origin: "null" }), 403],
    [
      "a call that the browser says is another site's",
      detail,
      () => ({ ...ours(), "sec-fetch-site": "cross-site" }),
      403,
    ],
    ["a name that was bound to 127.0.0.1", detail, () => ({ ...ours(), host: "evil.example" }), 421],
    ["the page, by such a name", LIVE_PATH, () => ({ host: "evil.example" }), 421],
  ];
  it.each(table)("%s", async (_who, path, headers, status) => {
    const answer = await call(service, path, { headers: headers(), servername: "localhost" });
    expect(answer.status).toBe(status);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    expect(answer.headers).toMatchObject({
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
    const sentence = status === 200 ? "None." : (answer.body as { message: string }).message;
    expect(sentence).toMatch(/\.$/);
  });

  it("by a link whose token opens nothing else", async () => {
    expect(liveLink(service.world)).toBe(`${service.origin}/local-azure/live#token=${token}`);
    expect(token).toHaveLength(32);
    for (const headers of [{ [ADMIN_HEADER]: token }, ours()])
      expect((await call(service, "/local-azure/counters", { headers })).status).toBe(403);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s does nothing", async (method) => {
    const { status } = await call(service, `${LIVE_PATH}/stream`, { method, headers: ours() });
    expect(status).toBe(404);
  });
});
