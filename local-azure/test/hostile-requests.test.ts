import { request } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startForTest, type TestService } from "../src/testing";
import { tokenFor } from "./https-call";

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** What no well-behaved client sends: the answer is an error of Azure's form below 500, and the service goes on. */
describe("hostile requests", () => {
  let service: TestService;
  let arm: Record<string, string>;
  let data: Record<string, string>;
  beforeAll(async () => {
    service = await startForTest();
    arm = { authorization: `Bearer ${await tokenFor(service, service.deployer)}`, "content-type": "application/json" };
    data = { "api-key": service.addAccount("hostile").keys[0] };
  });
  afterAll(() => service.close());

  const send = (method: string, path: string, headers: Record<string, string>, body?: string | Buffer) =>
    new Promise<Answer>((resolve, reject) => {
      const { port } = new URL(service.origin);
      // `path` goes out as it is written; a URL would be tidied up first.
      const asked = request({ host: "localhost", port, path, method, headers, ca: service.caPem, agent: false });
      asked.on("response", (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      asked.on("error", reject);
      asked.end(body);
    });
  const errorOf = ({ text }: Answer) => (JSON.parse(text) as { error: { code: string; message: string } }).error;
  const accounts = () =>
    `/subscriptions/${service.subscriptionId}/resourceGroups/ResourceGroup1/providers/Microsoft.CognitiveServices/accounts`;
  const files = "/openai/files?api-version=2024-10-21";
  const jobs = "/openai/fine_tuning/jobs?api-version=2024-10-21";
  const account = (properties: string) =>
    `{"location":"northcentralus","kind":"OpenAI","sku":{"name":"S0"},"properties":${properties}}`;

  it.each([
    ["/openai/files/%zz?api-version=2024-10-21", 400, "BadRequest"],
    ["/subscriptions/%zz?api-version=2022-12-01", 400, "BadRequest"],
    ["/\\\\evil:99999/x", 404, "404"],
    ["//[::x", 404, "404"],
    ["/openai/files/%00?api-version=2024-10-21", 404, "notFound"],
    ["/openai/files/..%2F..%2Fstate.json/content?api-version=2024-10-21", 404, "notFound"],
  ])("GET %s is %i %s", async (path, status, code) => {
    const answer = await send("GET", path, { ...arm, ...data });
    expect(answer.status).toBe(status);
    expect(errorOf(answer).code).toBe(code);
    expect(answer.headers["x-ms-error-code"]).toBe(code);
  });

  it.each(["2025%0d%0aX:1", "1&api-version=2", "%2Fetc"])("api-version=%s is refused by name", async (version) => {
    const answer = await send("PUT", `${accounts()}/split?api-version=${version}`, arm, account("{}"));
    expect([answer.status, errorOf(answer).code]).toEqual([400, "InvalidApiVersionParameter"]);
    expect(service.world.state.accounts.some(({ name }) => name === "split")).toBe(false);
  });

  it("an object nested without end is refused before it can spoil the state", async () => {
    const deep = account(`{"x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`);
    const answer = await send("PUT", `${accounts()}/deep?api-version=2025-06-01`, arm, deep);
    expect([answer.status, errorOf(answer).code]).toEqual([400, "InvalidRequestContent"]);
    const after = await send("PUT", `${accounts()}/fine?api-version=2025-06-01`, arm, account("{}"));
    expect(after.status).toBe(201);
  });

  it.each<[string, string, string, number, string, RegExp]>([
    ["broken JSON", "application/json", "{bad", 400, "invalidPayload", /could not be deserialized/],
    ["another media type", "text/plain", "x", 415, "UnsupportedMediaType", /'text\/plain'.*application\/json/],
    ["a list", "application/json", "[1]", 400, "invalidPayload", /model is required/],
  ])("%s as a job", async (_, type, body, status, code, message) => {
    const answer = await send("POST", jobs, { ...data, "content-type": type }, body);
    expect(answer.status).toBe(status);
    expect(errorOf(answer)).toMatchObject({ code, message: expect.stringMatching(message) as unknown });
  });

  const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n';
  it.each([
    ["no boundary", "multipart/form-data", "x"],
    ["no part", "multipart/form-data; boundary=b", "garbage"],
    ["a part without end", "multipart/form-data; boundary=b", `${part}{"messages":[]}`],
    ["a part's head without end", "multipart/form-data; boundary=b", part.slice(0, 30)],
    ["no purpose", "multipart/form-data; boundary=b", `${part}{}\r\n--b--\r\n`],
    ["a member of every object", "multipart/form-data; boundary=b", part.replace('"file"', '"__proto__"')],
  ])("a form with %s is the caller's fault and leaves nothing", async (_, type, body) => {
    const answer = await send("POST", files, { ...data, "content-type": type }, body);
    expect(answer.status).toBe(400);
    expect(errorOf(answer).code).toMatch(/^(invalidPayload|BadRequest)$/);
    const listed = JSON.parse((await send("GET", files, data)).text) as { data: unknown[] };
    expect(listed.data).toEqual([]);
  });
});
