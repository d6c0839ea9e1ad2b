import { spawn } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { withLastingSignIn } from "../../../commands/ci/lasting-sign-in";
import { temporaryFolder } from "../../support/temporary-folder";

jest.setTimeout(30_000);
const projectFolder = path.resolve(__dirname, "../../..");

/** GitHub's token endpoint: a token of its own for each request. */
let server: Server;
let url: string;
let status: number;
let requests: { audience: string | null; authorization?: string }[];
beforeEach(async () => {
  [status, requests] = [200, []];
  server = createServer((request, response) => {
    const { searchParams } = new URL(request.url!, "http://localhost");
    requests.push({ audience: searchParams.get("audience"), authorization: request.headers.authorization });
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ value: `token-${requests.length}` }));
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
