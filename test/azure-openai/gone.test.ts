import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { AccountControl } from "../../azure-openai/account-control";
import { Calls } from "../../azure-openai/calls";
import { DataPlane } from "../../azure-openai/data-plane";
import { AzureFailure } from "../../azure-openai/failure";
import { ServiceTime } from "../../azure-openai/service-time";
import { HastyClock } from "../support/hasty-clock";

/** The real clients against a server that answers everything alike. */
let server: Server;
let origin: string;
let answer: { status: number; type: string; body: string; headers?: Record<string, string> };
let seen: string[];
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume();
    response.writeHead(answer.status, { "content-type": answer.type, ...answer.headers });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  seen = [];
});

const clock = new HastyClock();
const calls = () => new Calls({ clock, target: origin, renewToken: () => undefined });
const dataPlane = () =>
  new DataPlane(
    { openAi: `${origin}/`, account: `${origin}/` },
    () => Promise.resolve("token"),
    calls,
    new ServiceTime(clock),
  );
function accounts(): AccountControl {
  const credential = { getToken: () => Promise.resolve({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const client = new CognitiveServicesManagementClient(credential, "sub", {
    endpoint: origin,
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
  });
  // The client refuses to send a token without TLS, and none is needed here.
  client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
  return new AccountControl(client, calls(), new ServiceTime(clock));
}

/** What asks, by name: each decides about money or about what is left behind. */
const ASKING: Record<string, () => Promise<unknown>> = {
  "a job": () => dataPlane().jobs.get("ftjob-1"),
  "the deletion of a job": () => dataPlane().jobs.delete("ftjob-1"),
  "the cancelling of a job": () => dataPlane().jobs.cancel("ftjob-1"),
  "a file": () => dataPlane().files.get("file-1"),
  "the deletion of a file": () => dataPlane().files.delete("file-1"),
  "the content of a file": () => dataPlane().files.text("file-1"),
  "an account": () => accounts().get("rg", "Tuning"),
  "a deleted account": () => accounts().deleted("eastus", "rg", "Tuning"),
  "the keys": () => accounts().keys("rg", "Tuning"),
  "the deployments": () => accounts().deployments("rg", "Tuning"),
};

async function failureOf(ask: () => Promise<unknown>): Promise<AzureFailure> {
  const failure = await ask().then(
    (value) => new Error(`It was answered: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(AzureFailure);
  return failure as AzureFailure;
}

describe.each(Object.entries(ASKING))("%s", (name, ask) => {
  it.each<[string, string, string]>([
    ["the page of a gateway", "text/html", "<html><h1>404 Not Found</h1>nginx</html>"],
    ["nothing", "text/plain", ""],
    ["nothing, as JSON", "application/json", ""],
    ["a page, as JSON", "application/json", "<html>no route</html>"],
    ["a gateway's JSON", "application/json", '{"message":"no Route matched with those values"}'],
    ["API Management's JSON", "application/json", '{"statusCode":404,"message":"Resource not found"}'],
    ["a framework's JSON", "application/json", '{"status":404,"error":"Not Found","path":"/x"}'],
    ["a cluster's JSON", "application/json", '{"kind":"Status","reason":"NotFound","code":404}'],
    ["a code outside an error", "application/json", '{"code":"NotFound","message":"m"}'],
    ["a list of errors", "application/json", '{"error":[{"code":"notFound"}]}'],
    ["the code of a wrong address", "application/json", '{"error":{"code":"404","message":"Resource not found"}}'],
    ["an unknown code", "application/json", '{"error":{"code":"NoSuchRoute","message":"m"}}'],
    ["null", "application/json", "null"],
  ])("is not gone for %s", async (_, type, body) => {
    for (const status of [404, 410]) {
      seen = [];
      answer = { status, type, body };
      const failure = await failureOf(ask);
      expect(failure.notFound).toBe(false);
      expect(failure.transient).toBe(true);
      expect(failure.message).toContain(`${origin} returned ${status}`);
      expect(seen).toHaveLength(6);
    }
  });

  it("is gone when Azure says so", async () => {
    const code = / (account|deleted|keys|deployments)/.test(name) ? "ResourceNotFound" : "notFound";
    for (const status of [404, 410]) {
      answer = { status, type: "application/json", body: JSON.stringify({ error: { code, message: "m" } }) };
      expect(await failureOf(ask)).toMatchObject({ notFound: true, transient: false, code });
    }
  });
});

it("takes a refusal that is not Azure's for no missing permission", async () => {
  answer = { status: 403, type: "text/html", body: "<html>blocked by the firewall</html>" };
  expect(await failureOf(ASKING["the deployments"]!)).toMatchObject({ forbidden: false, transient: true });
  answer = { status: 403, type: "application/json", body: '{"error":{"code":"AuthorizationFailed","message":"m"}}' };
  expect(await failureOf(ASKING["the deployments"]!)).toMatchObject({ forbidden: true, transient: false });
});

/** Bodies in which no known code stands where Azure puts it. */
const notAzures = fc.oneof(
  fc.string(),
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify({ error: value })),
  fc.string().map((code) => JSON.stringify({ error: { code: `${code}?` } })),
  fc.constantFrom("notFound", "ResourceNotFound", "NotFound").map((code) => JSON.stringify({ code, message: code })),
  fc.constantFrom("notFound", "ResourceNotFound").map((code) => `<html>{"error":{"code":"${code}"}}</html>`),
);

it("never takes anything for gone that has not Azure's shape and code", async () => {
  const asking = fc.constantFrom(...Object.keys(ASKING));
  const type = fc.constantFrom("application/json", "text/html", "text/plain", "application/problem+json");
  await fc.assert(
    fc.asyncProperty(asking, fc.constantFrom(404, 410), type, notAzures, async (name, status, contentType, body) => {
      answer = { status, type: contentType, body };
      const failure = await failureOf(ASKING[name]!);
      expect([failure.notFound, failure.transient]).toEqual([false, true]);
    }),
    { numRuns: 60 },
  );
});
