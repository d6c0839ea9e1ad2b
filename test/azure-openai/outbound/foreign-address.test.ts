import { createServer, type Server } from "node:https";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AddressInfo } from "node:net";
import { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { AccountControl } from "../../../azure-openai/account-control";
import { Calls } from "../../../azure-openai/calls";
import { systemClock } from "../../../azure-openai/clock";
import { DataPlane } from "../../../azure-openai/data-plane";
import { outboundClient } from "../../../azure-openai/outbound/http-client";
import { ServiceTime } from "../../../azure-openai/service-time";
import { openCertificates } from "local-azure/storage/certificates";
import { trustAuthority } from "../../support/trust";

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A service whose answers a test writes, and what it was asked. */
class Service {
  readonly seen: { path: string; authorization?: string }[] = [];
  answer: (path: string) => Answer = () => ({ status: 404 });

  constructor(readonly server: Server) {
    server.on("request", (request, response) => {
      this.seen.push({ path: request.url ?? "", authorization: request.headers.authorization });
      request.resume();
      const { status, headers, body } = this.answer(request.url ?? "");
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body === undefined ? "" : JSON.stringify(body));
    });
  }

  get origin(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}`;
  }
}

let folder: string;
let service: Service;
let foreign: Service;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "foreign-"));
  const { key, cert, caPem } = await openCertificates(folder);
  trustAuthority(caPem);
  [service, foreign] = [new Service(createServer({ key, cert })), new Service(createServer({ key, cert }))];
  for (const { server } of [service, foreign])
    await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port: 0 }, resolve));
});
afterEach(async () => {
  for (const { server } of [service, foreign]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  rmSync(folder, { recursive: true });
});

const calls = () => new Calls({ clock: systemClock, target: service.origin, renewToken: () => undefined });
const client = () => {
  const token = { token: "bearer-token", expiresOnTimestamp: Date.now() + 3e6 };
  return new CognitiveServicesManagementClient({ getToken: () => Promise.resolve(token) }, "sub-1", {
    endpoint: service.origin,
    httpClient: outboundClient(service.origin),
    retryOptions: { maxRetries: 0 },
  });
};
const accounts = () => new AccountControl(client(), calls(), new ServiceTime(systemClock));
const usages = async () => {
  const found: unknown[] = [];
  for await (const usage of client().usages.list("westus")) found.push(usage);
  return found;
};
const dataPlane = () =>
  new DataPlane(
    { openAi: `${service.origin}/`, account: `${service.origin}/` },
    () => Promise.resolve("bearer-token"),
    calls,
    new ServiceTime(systemClock),
  );

describe("Resource Manager's client", () => {
  it("follows a nextLink on its own origin", async () => {
    const usage = { name: { value: "q" }, currentValue: 1, limit: 2, unit: "Count" };
    service.answer = (path) => ({
      status: 200,
      body: path.includes("page=2")
        ? { value: [usage] }
        : { value: [usage], nextLink: `${service.origin}/more?page=2` },
    });
    await expect(usages()).resolves.toHaveLength(2);
  });

  it("refuses a nextLink to another origin, and the token never gets there", async () => {
    service.answer = () => ({ status: 200, body: { value: [], nextLink: `${foreign.origin}/more` } });
    await expect(usages()).rejects.toThrow(
      `${service.origin} returned ${foreign.origin} as the next address to call; the token is only for ${service.origin}`,
    );
    expect(foreign.seen).toEqual([]);
  });

  it.each(["location", "azure-asyncoperation"])(
    "refuses an operation's address on another origin (%s)",
    async (name) => {
      service.answer = () => ({ status: 202, headers: { [name]: `${foreign.origin}/operation`, "retry-after": "0" } });
      const deleted = client().accounts.beginDeleteAndWait("group", "acct", { updateIntervalInMs: 1 });
      await expect(deleted).rejects.toThrow(/the token is only for https:\/\/localhost:\d+,/);
      expect(foreign.seen).toEqual([]);
    },
  );

  it("refuses a redirect to another origin", async () => {
    service.answer = () => ({ status: 307, headers: { location: `${foreign.origin}/x` } });
    await expect(accounts().get("group", "acct")).rejects.toThrow(
      /redirected to https:\/\/localhost:\d+, which must not receive/,
    );
    expect(foreign.seen).toEqual([]);
  });
});

describe("the data plane's client", () => {
  it.each([301, 302, 307, 308])(
    "refuses a redirect (%d) to another origin, for reads and for writes",
    async (status) => {
      service.answer = () => ({ status, headers: { location: `${foreign.origin}/openai/v1/files` } });
      const plane = dataPlane();
      await expect(plane.files.list("fine-tune")).rejects.toThrow(
        `${service.origin} redirected to ${foreign.origin}, which must not receive this request's data and token (${status})`,
      );
      await expect(plane.jobs.create({ model: "m", training_file: "f" })).rejects.toThrow(/redirected to/);
      expect(foreign.seen).toEqual([]);
      expect(service.seen).toHaveLength(2);
    },
  );

  it("follows one within the origin for reads, and gives up on a loop", async () => {
    service.answer = (path) =>
      path.includes("/moved")
        ? {
            status: 200,
            body: { id: "file-1", filename: "x", purpose: "fine-tune", bytes: 1, created_at: 1, status: "processed" },
          }
        : { status: 308, headers: { location: "/moved" } };
    await expect(dataPlane().files.get("file-1")).resolves.toMatchObject({ id: "file-1" });
    service.answer = (path) => ({ status: 302, headers: { location: `${path}x` } });
    await expect(dataPlane().files.get("file-1")).rejects.toThrow(/redirected too often/);
  });
});
