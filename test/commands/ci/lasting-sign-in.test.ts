import { spawn } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { requestGithubToken } from "../../../azure-openai/github-oidc";
import { withLastingSignIn } from "../../../commands/ci/lasting-sign-in";
import { temporaryFolder } from "../../support/temporary-folder";

jest.setTimeout(30_000);
const projectFolder = path.resolve(__dirname, "../../..");

/** GitHub's token endpoint, and that of Azure Pipelines: a token of its own for each request. */
let server: Server;
let url: string;
let status: number;
let requests: { audience: string | null; authorization?: string }[];
beforeEach(async () => {
  [status, requests] = [200, []];
  server = createServer((request, response) => {
    const { searchParams, pathname } = new URL(request.url!, "http://localhost");
    requests.push({ audience: searchParams.get("audience"), authorization: request.headers.authorization });
    response.writeHead(status, { "content-type": "application/json" });
    const member = pathname === "/oidctoken" ? "oidcToken" : "value";
    response.end(JSON.stringify(status === 200 ? { [member]: `token-${requests.length}` } : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api-version=2.0`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const ofJob = (over: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ARM_USE_OIDC: "true",
  ARM_CLIENT_ID: "client",
  ARM_TENANT_ID: "tenant",
  ACTIONS_ID_TOKEN_REQUEST_URL: url,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "of-the-job",
  RUNNER_TEMP: temporaryFolder("ci-test"),
  ...over,
});

describe("in a job of GitHub", () => {
  it("what DefaultAzureCredential reads names the program's identity and a file that stays fresh", async () => {
    const renewals: (() => Promise<void>)[] = [];
    const env = ofJob();
    const schedule = (_: number, run: () => Promise<void>) => {
      renewals.push(run);
      return () => {};
    };
    const seen = await withLastingSignIn(
      env,
      async (lasting) => {
        const file = lasting.AZURE_FEDERATED_TOKEN_FILE!;
        expect(lasting).toEqual({
          ...env,
          AZURE_CLIENT_ID: "client",
          AZURE_TENANT_ID: "tenant",
          AZURE_FEDERATED_TOKEN_FILE: expect.stringContaining(env.RUNNER_TEMP!),
        });
        const first = readFileSync(file, "utf8");
        await renewals[0]!();
        return [first, readFileSync(file, "utf8"), file];
      },
      { schedule },
    );
    expect(seen.slice(0, 2)).toEqual(["token-1", "token-2"]);
    expect(existsSync(seen[2]!)).toBe(false);
    expect(requests[1]).toEqual({ audience: "api://AzureADTokenExchange", authorization: "bearer of-the-job" });
  });

  it("the file goes also when the run fails", async () => {
    const env = ofJob();
    await expect(withLastingSignIn(env, () => Promise.reject(new Error("up failed")))).rejects.toThrow("up failed");
    expect(readdirSync(env.RUNNER_TEMP!)).toEqual([]);
  });

  it("a job without the permission is told, before anything runs", async () => {
    status = 403;
    const use = jest.fn<() => Promise<void>>();
    await expect(withLastingSignIn(ofJob(), use)).rejects.toThrow("id-token: write");
    expect(use).not.toHaveBeenCalled();
  });
});

describe("in a job of Azure Pipelines", () => {
  const ofConnection = () => ({
    ARM_USE_OIDC: "true",
    ARM_CLIENT_ID: undefined,
    ARM_TENANT_ID: undefined,
    RUNNER_TEMP: undefined,
    AGENT_TEMPDIRECTORY: temporaryFolder("ci-test"),
    ...{ ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined },
    ...{ SYSTEM_OIDCREQUESTURI: url.replace("/token?", "/oidctoken?"), SYSTEM_ACCESSTOKEN: "of-the-job" },
    AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: "connection",
    AZURESUBSCRIPTION_CLIENT_ID: "client",
    AZURESUBSCRIPTION_TENANT_ID: "tenant",
  });

  it("everybody signs in by its service connection, from a file and an endpoint that give a new token each time", async () => {
    const env = ofJob(ofConnection());
    const [lasting, tokens] = await withLastingSignIn(env, async (given) => {
      const ask = () => requestGithubToken(given.ARM_OIDC_REQUEST_URL!, given.ARM_OIDC_REQUEST_TOKEN!, "audience");
      return [given, [readFileSync(given.AZURE_FEDERATED_TOKEN_FILE!, "utf8"), await ask(), await ask()]] as const;
    });
    expect(lasting).toEqual({
      ...env,
      ...{ ARM_CLIENT_ID: "client", ARM_TENANT_ID: "tenant", AZURE_CLIENT_ID: "client", AZURE_TENANT_ID: "tenant" },
      AZURE_FEDERATED_TOKEN_FILE: expect.stringContaining(env.AGENT_TEMPDIRECTORY!),
      ARM_OIDC_REQUEST_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//),
      ARM_OIDC_REQUEST_TOKEN: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(tokens).toEqual(["token-1", "token-2", "token-3"]);
    expect(requests.map(({ authorization }) => authorization)).toEqual(Array(3).fill("Bearer of-the-job"));
    expect(readdirSync(env.AGENT_TEMPDIRECTORY!)).toEqual([]);
    await expect(requestGithubToken(lasting.ARM_OIDC_REQUEST_URL!, "x", "a")).rejects.toThrow(/can't be reached/);
  });

  it("a connection that gives no token is told, before anything runs", async () => {
    status = 403;
    const use = jest.fn<() => Promise<void>>();
    await expect(withLastingSignIn(ofJob(ofConnection()), use)).rejects.toThrow("token for the service connection");
    expect(use).not.toHaveBeenCalled();
  });
});

it("GitLab's token is in a file for the state's storage; the program and azure-native have it already", async () => {
  const env = ofJob({ ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ARM_OIDC_TOKEN: "of-the-job" });
  const [lasting, token] = await withLastingSignIn(env, (given) =>
    Promise.resolve([given, readFileSync(given.AZURE_FEDERATED_TOKEN_FILE!, "utf8")] as const),
  );
  const ofStorage = { AZURE_CLIENT_ID: "client", AZURE_TENANT_ID: "tenant" };
  expect(lasting).toEqual({ ...env, ...ofStorage, AZURE_FEDERATED_TOKEN_FILE: expect.any(String) });
  expect(token).toBe("of-the-job");
  expect(readdirSync(env.RUNNER_TEMP!)).toEqual([]);
});

it("a file that something else renews is read again for azure-native, which reads it once", async () => {
  const file = path.join(temporaryFolder("ci-test"), "token");
  writeFileSync(file, "first\n");
  const env = ofJob({ ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ARM_OIDC_TOKEN_FILE_PATH: file });
  await withLastingSignIn(env, async (given) => {
    expect(given.AZURE_FEDERATED_TOKEN_FILE).toBe(file);
    expect(given.ARM_OIDC_TOKEN_FILE_PATH).toBeUndefined();
    const ask = () => requestGithubToken(given.ARM_OIDC_REQUEST_URL!, given.ARM_OIDC_REQUEST_TOKEN!, "audience");
    expect(await ask()).toBe("first");
    writeFileSync(file, "second");
    expect(await ask()).toBe("second");
  });
  expect(existsSync(file)).toBe(true);
});

it.each<[string, NodeJS.ProcessEnv]>([
  ["OIDC is not used", { ARM_USE_OIDC: "" }],
  ["no token can be asked for", { ACTIONS_ID_TOKEN_REQUEST_URL: "" }],
  ["the identity isn't named", { ARM_CLIENT_ID: "" }],
  ["a file is named already", { AZURE_FEDERATED_TOKEN_FILE: "/var/run/token" }],
])("nothing changes where %s", async (_, over) => {
  const env = ofJob(over);
  expect(await withLastingSignIn(env, (lasting) => Promise.resolve(lasting))).toBe(env);
  expect(requests).toEqual([]);
});

it("npm run ci:... hands it to pulumi, with its arguments, and ends with its exit code", async () => {
  const bin = temporaryFolder("ci-test");
  const pulumi = path.join(bin, "pulumi");
  const say = `console.log(JSON.stringify({ args: process.argv.slice(2), id: process.env.AZURE_CLIENT_ID, token: require("fs").readFileSync(process.env.AZURE_FEDERATED_TOKEN_FILE, "utf8") })); process.exit(7)`;
  writeFileSync(
    pulumi,
    `#!${process.execPath}\nif (process.argv[2] === "version") console.log("v3.999.0"); else { ${say} }\n`,
  );
  chmodSync(pulumi, 0o755);
  writeFileSync(path.join(bin, "pulumi-language-nodejs"), "#!/bin/sh\n", { mode: 0o755 });
  const env = ofJob({ PATH: `${bin}${path.delimiter}${process.env.PATH}`, HOME: process.env.HOME });
  const child = spawn(process.execPath, ["commands/bootstrap.js", "commands/ci", "up", "--yes"], {
    cwd: projectFolder,
    env,
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect({ code, said: JSON.parse(stdout || "{}") as unknown }).toEqual({
    code: 7,
    said: { args: ["up", "--yes"], id: "client", token: "token-1" },
  });
  expect(readdirSync(env.RUNNER_TEMP!)).toEqual([]);
});
