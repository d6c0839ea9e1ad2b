import { request } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { afterEach, expect, it } from "@jest/globals";
import { LIVE_PATH } from "../../src/admin/live-link";
import { listenForLive, type LiveListener } from "../../src/live/listener";

let listener: LiveListener | undefined;
afterEach(() => listener?.close());

/** `fetch` would tidy the path. */
function get(path: string): Promise<{ status: number; body: string; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: new URL(listener!.origin).port, path }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode!, body, location: response.headers.location }));
    });
    asked.on("error", reject).end();
  });
}

const served = async (port = 0) => {
  listener = await listenForLive(port, ({ url }, response) => response.end(`service: ${url}`));
};

it.each([LIVE_PATH, `${LIVE_PATH}?x=1`, `${LIVE_PATH}/stream`, `${LIVE_PATH}/requests/3`])(
  "passes %s on",
  async (path) => {
    await served();
    expect(await get(path)).toMatchObject({ status: 200, body: `service: ${path}` });
  },
);

it.each([
  ...["/local-azure/counters", "/local-azure/liveliness", "//local-azure/live", "/LOCAL-AZURE/live"],
  ...["/subscriptions?api-version=2022-12-01", "/openai/v1/models", "/metadata/endpoints"],
])("and nothing else: %s", async (path) => {
  await served();
  expect(await get(path)).toMatchObject({ status: 404, body: '{"message":"Only /local-azure/live is served here."}' });
});

it("leads from its root to the page", async () => {
  await served();
  expect(await get("/")).toMatchObject({ status: 302, location: LIVE_PATH });
});

it("takes another port where its own is in use", async () => {
  const other = createServer().listen({ host: "127.0.0.1", port: 0 });
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  await served(port);
  expect(listener!.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(listener!.origin).not.toBe(`http://127.0.0.1:${port}`);
  expect((await get(LIVE_PATH)).status).toBe(200);
  other.close();
});
