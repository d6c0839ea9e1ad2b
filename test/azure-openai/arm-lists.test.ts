import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { AccountControl } from "../../azure-openai/account-control";
import { Calls } from "../../azure-openai/calls";
import { AzureFailure } from "../../azure-openai/failure";
import { ServiceTime } from "../../azure-openai/service-time";
import { HastyClock } from "../support/hasty-clock";

/** The real client against a server that gives pages by number, and always says that another one follows unless it is the last. */
let server: Server;
let origin: string;
let pages: unknown[][];
let asked: number;
/** Whether the number of the page is lost on the way, as by a proxy that drops queries. */
let dropsQuery: boolean;
beforeAll(async () => {
  server = createServer((request, response) => {
    asked++;
    const number = dropsQuery ? 0 : Number(/[?&]page=(\d+)/.exec(request.url!)?.[1] ?? 0);
    const nextLink = number + 1 < pages.length ? `${origin}${request.url!.split("?")[0]}?page=${number + 1}` : null;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ value: pages[number], nextLink }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  [asked, dropsQuery] = [0, false];
});

function accounts(): AccountControl {
  const clock = new HastyClock();
  const credential = { getToken: () => Promise.resolve({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const options = { endpoint: origin, allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
  const client = new CognitiveServicesManagementClient(credential, "sub", options);
  // The client refuses to send a token without TLS, and none is needed here.
  client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
  const calls = new Calls({ clock, target: origin, renewToken: () => undefined });
  return new AccountControl(client, calls, new ServiceTime(clock));
}

/** Each decides whether something is paid, or deleted. */
const LISTS: [string, (name: string) => unknown, () => Promise<{ name?: string }[]>][] = [
  [
    "deployments",
    (name) => ({ name, properties: { model: { name: "m" } } }),
    () => accounts().deployments("rg", "Tuning"),
  ],
  ["quotas", (name) => ({ name: { value: name }, currentValue: 1, limit: 2 }), () => accounts().usages("eastus")],
  [
    "models",
    (name) => ({ kind: "OpenAI", model: { name, version: "1", format: "OpenAI", skus: [] } }),
    () => accounts().models("eastus"),
  ],
];

describe.each(LISTS)("a list of %s", (_, item, list) => {
  const names = async () => (await list()).map(({ name }) => name);

  it("goes on behind a page without objects, as Resource Manager may send it", async () => {
    pages = [[], [item("a")], [], [item("b")]];
    expect(await names()).toEqual(["a", "b"]);
  });

  it("has each object once, also where the last page tells one again", async () => {
    pages = [[item("a"), item("b")], [item("b")]];
    expect(await names()).toEqual(["a", "b"]);
  });

  it("is not known where the same page comes again: what is left out may be the one that matters", async () => {
    pages = [[item("a")], [item("b")], [item("c")]];
    dropsQuery = true;
    await expect(list()).rejects.toThrow(AzureFailure);
    expect(asked).toBeLessThan(30);
  });

  it("is not known where an object has another form", async () => {
    pages = [[item("a"), { error: "busy" }]];
    await expect(list()).rejects.toThrow("Expected a list of");
  });

  it("without an end ends", async () => {
    pages = Array.from({ length: 1_100 }, () => []);
    await expect(list()).rejects.toThrow(AzureFailure);
  });
});

it("a quota without a limit is none that could be used up", async () => {
  const quota = (value: string, limit: number) => ({ name: { value }, currentValue: 3, limit });
  pages = [[quota("a", -1), quota("b", 0), quota("c", 5)]];
  expect(await accounts().usages("eastus")).toEqual([
    { name: "b", inUse: 3, limit: 0 },
    { name: "c", inUse: 3, limit: 5 },
  ]);
});
