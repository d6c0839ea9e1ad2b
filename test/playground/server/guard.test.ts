import { request, type OutgoingHttpHeaders } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fastify from "fastify";
import { listen } from "../../../playground/server/listen";
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

function get(path: string, headers: OutgoingHttpHeaders = {}): Promise<Reply> {
  return send("GET", path, headers);
}

/** `fetch` would not send a Host of our choice, nor a path with dots. */
function send(method: string, path: string, headers: OutgoingHttpHeaders, content?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port: new URL(playground.origin).port, method, path, headers },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8").on("data", (text: string) => (body += text));
        answer.on("end", () => resolve({ status: answer.statusCode!, headers: answer.headers, body }));
      },
    );
    sent.on("error", reject).end(content);
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

describe("what is refused besides", () => {
  it("a person who opens an address without the token reads a sentence, not JSON", async () => {
    const { status, headers, body } = await get("/", { accept: "text/html,*/*;q=0.8" });
    expect(status).toBe(401);
    expect(headers["content-type"]).toMatch(/^text\/html/);
    expect(body).toContain("<p>This link is missing its access token.");
  });

  it.each([
    ["a form of another site, which may send plain text alone", "text/plain", '{"file":"x.jsonl"}', 415],
    ["a body without a type", "", '{"file":"x.jsonl"}', 415],
    ["a body that is no JSON", "application/json", "{", 400],
    ["a member that nobody knows", "application/json", '{"file":"x.jsonl","messages":[],"path":"/"}', 422],
    ["a conversation of 65 MB", "application/json", JSON.stringify({ file: "x".repeat(68_000_000) }), 413],
  ])("%s", async (_what, type, body, status) => {
    const headers = { "x-playground-token": token, ...(type && { "content-type": type }) };
    const reply = await send("POST", "/api/examples", headers, body);
    expect(reply.status).toBe(status);
    expect(Object.keys(JSON.parse(reply.body) as object)).toEqual(["message"]);
  });

  it.each(["/../package.json", "/%2e%2e/package.json", "/api/../../package.json", "//etc/passwd"])(
    "a way out of the page: %s",
    async (path) => {
      const { status, body } = await get(path, { "x-playground-token": token });
      expect(status).toBe(404);
      expect(body).toMatch(/^\{"message":"There is nothing at /);
    },
  );
});

describe("listens on loopback alone", () => {
  it("at the port that was asked for", () => {
    expect(playground.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    expect(playground.boundTo()).toBe("127.0.0.1");
  });

  it("and says so when another program has it", async () => {
    await expect(listen(fastify(), Number(new URL(playground.origin).port))).rejects.toThrow(
      /^port \d+ is taken by another program\. Choose another with --port/,
    );
  });
});
