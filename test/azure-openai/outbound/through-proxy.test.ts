import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createServer } from "node:net";
import { Azure } from "../../../azure-openai/azure";
import { systemClock } from "../../../azure-openai/clock";
import { requestGithubToken } from "../../../azure-openai/github-oidc";
import type { AzureSettings } from "../../../azure-openai/settings";
import { startForTest, type TestService } from "local-azure/testing";
import { signIn } from "../../../stack/recovery/lookup";
import { ForwardProxy } from "../../support/forward-proxy";
import { trustAuthority } from "../../support/trust";
import { settingsOf } from "../../support/rehearsal";
import type { ClientRecord, AccountRecord } from "local-azure/world/state";

const ROLES = ["a001fd3d-188f-4b5d-821b-7da978bf7442", "25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68"];
const VARIABLES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"];
const before = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));

let service: TestService;
let proxy: ForwardProxy;
let client: ClientRecord;
let account: AccountRecord;
beforeEach(async () => {
  for (const name of VARIABLES) delete process.env[name];
  service = await startForTest();
  client = service.addClient({ displayName: "handlers", roles: ROLES });
  account = service.addAccount("Tuning");
  proxy = await ForwardProxy.before(service);
});
afterEach(async () => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await proxy.close();
  await service.close();
});

const connect = (settings: AzureSettings) => Azure.connect(settings, { clock: systemClock, destroying: () => false });
const listFiles = async () => {
  const azure = await connect(settingsOf(service, client));
  return (await azure.dataPlane(account.id)).files.list("fine-tune");
};

describe.each(["HTTPS_PROXY", "https_proxy"])("with %s set", (variable) => {
  it("every call goes through the proxy: metadata, sign-in, Resource Manager, data plane", async () => {
    process.env[variable] = proxy.url;
    await expect(listFiles()).resolves.toEqual([]);
    const paths = proxy.requests.map((request) => request.split("?")[0]);
    expect(paths).toEqual(
      expect.arrayContaining([
        "GET /metadata/endpoints",
        expect.stringMatching(/^POST .*\/oauth2\/v2.0\/token$/),
        expect.stringMatching(/^GET \/subscriptions\/.*\/accounts\/Tuning$/i),
        expect.stringMatching(/^GET \/accounts\/\w+\/openai\/v1\/files$/),
      ]),
    );
    expect(new Set(proxy.connections)).toEqual(new Set([new URL(proxy.origin).host]));
  });

  it("an upload and a streamed download go through it", async () => {
    process.env[variable] = proxy.url;
    const { files } = await (await connect(settingsOf(service, client))).dataPlane(account.id);
    const row = '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}\n';
    async function* chunks() {
      yield await Promise.resolve(Buffer.from(row));
    }
    const { id } = await files.create("x.jsonl", "fine-tune", () => ({ bytes: row.length, chunks: chunks() }));
    let read = "";
    await files.read(
      id,
      (bytes) => (read += Buffer.from(bytes).toString()),
      () => (read = ""),
    );
    expect(read).toBe(row);
  });

  it("recovery goes through it", async () => {
    process.env[variable] = proxy.url;
    const { host } = new URL(proxy.origin);
    const lookup = await signIn(
      { deployment: { resources: [] } },
      {
        ARM_METADATA_HOSTNAME: host,
        ARM_DISABLE_INSTANCE_DISCOVERY: "true",
        ARM_TENANT_ID: service.tenantId,
        ARM_SUBSCRIPTION_ID: service.subscriptionId,
        ARM_CLIENT_ID: client.clientId,
        ARM_CLIENT_SECRET: client.clientSecret,
      },
    );
    await expect(lookup({ id: account.id, apiVersion: "2025-06-01" })).resolves.toMatchObject({
      id: account.id,
    });
  });

  it("so do the requests for a federated token and for the reason of a failed sign-in", async () => {
    process.env[variable] = proxy.url;
    await expect(requestGithubToken(`${proxy.origin}/nothing`, "token", "audience")).rejects.toThrow(
      /federated token with status 4/,
    );
    const unknown = settingsOf(service, client, { tenantId: "11111111-0000-0000-0000-000000000000" });
    const azure = await connect(unknown);
    await expect(azure.dataPlane(account.id)).rejects.toThrow(
      /tenant 11111111-0000-0000-0000-000000000000 does not exist/,
    );
  });
});

it("NO_PROXY leaves the proxy out: here the name then can't be resolved", async () => {
  process.env["HTTPS_PROXY"] = proxy.url;
  process.env["NO_PROXY"] = ".test";
  await expect(listFiles()).rejects.toThrow(/azure.test:\d+ can't be reached \((ENOTFOUND|EAI_AGAIN)\)/);
  expect(proxy.connections).toEqual([]);
}, 60_000);

it("the loopback rehearsal works while a proxy is set that nobody runs", async () => {
  process.env["HTTPS_PROXY"] = "http://proxy.invalid:8080";
  service.world.origin = service.origin;
  trustAuthority(service.caPem);
  await expect(listFiles()).resolves.toEqual([]);
});

it("credentials in the variable reach the proxy, and no message", async () => {
  process.env["HTTPS_PROXY"] = proxy.url.replace("//", "//me:s3cret%20word@");
  await listFiles();
  expect(proxy.credentials[0]).toBe(`Basic ${Buffer.from("me:s3cret word").toString("base64")}`);
  proxy.refuse = 407;
  const failure = await connect(settingsOf(service, client, { metadataHost: "other.test" })).catch(
    (error: Error) => error.message,
  );
  expect(failure).toMatch(
    /the proxy http:\/\/127.0.0.1:\d+ \(HTTPS_PROXY\) refused the connection \(407\): it requires credentials/,
  );
  expect(failure).not.toMatch(/s3cret/);
});

it("a refusal names the proxy and the address", async () => {
  process.env["https_proxy"] = proxy.url;
  proxy.refuse = 403;
  await expect(listFiles()).rejects.toThrow(
    /https:\/\/azure.test:\d+ can't be reached: the proxy http:\/\/127.0.0.1:\d+ \(https_proxy\) refused the connection \(403\): allow the address on the proxy/,
  );
});

it("a refusal of the sign-in alone names the proxy too", async () => {
  process.env["https_proxy"] = proxy.url;
  const azure = await connect({ ...settingsOf(service, client) });
  proxy.refuse = 403;
  await proxy.dropConnections();
  await expect(azure.dataPlane(account.id)).rejects.toThrow(
    /the proxy http:\/\/127.0.0.1:\d+ \(https_proxy\) refused the connection/,
  );
});

it("a proxy that is not there is named", async () => {
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
  const { port } = free.address() as { port: number };
  await new Promise((resolve) => free.close(resolve));
  process.env["HTTPS_PROXY"] = `http://127.0.0.1:${port}`;
  await expect(listFiles()).rejects.toThrow(
    new RegExp(`the proxy http://127.0.0.1:${port} \\(HTTPS_PROXY\\) does not respond \\(ECONNREFUSED\\)`),
  );
});

it("a proxy of another kind is refused by name", async () => {
  process.env["HTTPS_PROXY"] = "socks5://proxy.example:1080";
  await expect(listFiles()).rejects.toThrow(
    /HTTPS_PROXY is "socks5:\/\/proxy.example:1080"; expected the address of an HTTP proxy/,
  );
});
