import { request, type OutgoingHttpHeaders } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { servePlayground, type ServedPlayground, token } from "../serve-playground";

let playground: ServedPlayground;
let host: string;
beforeAll(async () => {
  playground = await servePlayground();
  host = new URL(playground.origin).host;
});
afterAll(() => playground.close());

interface Reply {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** `fetch` would not send a Host of our choice. */
function get(path: string, headers: OutgoingHttpHeaders = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(`${playground.origin}${path}`, { headers }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (text: string) => (body += text));
      answer.on("end", () => resolve({ status: answer.statusCode!, headers: answer.headers, body }));
    });
    sent.on("error", reject).end();
  });
}

describe("who is let in", () => {
  const ours = { "x-playground-token": token };
  const table: [string, string, () => OutgoingHttpHeaders, number][] = [
    ["the page by its link", `/?token=${token}`, () => ({}), 200],
    ["a call of the page", "/api/setup", () => ({ ...ours, origin: `http://${host}` }), 200],
    ["a call without Origin, as GET sends none", "/api/setup", () => ours, 200],
    ["the name localhost", "/api/setup", () => ({ ...ours, host: host.replace("127.0.0.1", "localhost") }), 200],
    ["no token", "/api/setup", () => ({}), 401],
    ["no token for the page either", "/", () => ({}), 401],
    ["a wrong token", "/api/setup", () => ({ "x-playground-token": `${token}x` }), 401],
    ["an empty token", "/?token=", () => ({}), 401],
    ["the token in the address of a call", `/api/setup?token=${token}`, () => ({}), 401],
    ["another site's page", "/api/setup", () => ({ ...ours, origin: "https://example.com" }), 403],
    ["another port's page", "/api/setup", () => ({ ...ours, origin: "http://127.0.0.1:1" }), 403],
    ["a sandboxed page", "/api/setup", () => ({ ...ours, origin: "null" }), 403],
    ["a name that was bound to 127.0.0.1", `/?token=${token}`, () => ({ host: "evil.example" }), 421],
    ["another port in Host", `/?token=${token}`, () => ({ host: "127.0.0.1:1" }), 421],
  ];
  it.each(table)("%s", async (_who, path, headers, status) => {
    const reply = await get(path, headers());
    expect(reply.status).toBe(status);
    const sentence = status === 200 ? "None." : (JSON.parse(reply.body) as { message: string }).message;
    expect(sentence).toMatch(/\.$/);
  });
});

describe("what every answer says to the browser", () => {
  it.each(["/", "/api/setup", "/nowhere"])("%s", async (path) => {
    const { headers } = await get(path, { "x-playground-token": token });
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
  });
});

it("listens on loopback alone", () => {
  expect(new URL(playground.origin).hostname).toBe("127.0.0.1");
});
