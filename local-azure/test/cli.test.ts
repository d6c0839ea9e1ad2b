import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { bundleLoader, provideBundles } from "../../test/support/from-bundle";
import { call } from "./https-call";

describe("the service alone", () => {
  let folder: string;
  const running: ChildProcess[] = [];
  const start = (...flags: string[]) => {
    const child = spawn(process.execPath, ["-r", bundleLoader, path.join(__dirname, "../src/cli.ts"), ...flags]);
    running.push(child);
    const text = { out: "", err: "" };
    child.stdout.on("data", (chunk) => (text.out += String(chunk)));
    child.stderr.on("data", (chunk) => (text.err += String(chunk)));
    const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
    const firstLine = new Promise<Record<string, string>>((resolve, reject) => {
      child.stdout.on("data", () => {
        if (text.out.includes("\n")) resolve(JSON.parse(text.out) as Record<string, string>);
      });
      void exited.then(() => reject(new Error(text.err)));
    });
    firstLine.catch(() => undefined);
    return { child, text, exited, firstLine };
  };

  beforeAll(async () => {
    await provideBundles("local-azure/src/cli");
    folder = mkdtempSync(path.join(tmpdir(), "local-azure-cli-"));
  });
  afterAll(() => {
    running.forEach((child) => child.kill("SIGKILL"));
    rmSync(folder, { recursive: true, force: true });
  });

  it("prints one line of JSON by which the data plane can be used at once, and ends cleanly at Ctrl-C", async () => {
    const state = path.join(folder, "state.json");
    const { child, text, exited, firstLine } = start("--state", state);
    const info = await firstLine;
    expect(text.out.trim().split("\n")).toHaveLength(1);
    expect(info).toMatchObject({
      resourceGroup: "ResourceGroup1",
      location: "northcentralus",
      accountEndpoint: `${info.endpoint}/accounts/azureopenai-local/`,
      stateFile: state,
    });
    const service = { origin: info.endpoint!, caPem: readFileSync(info.caFile!, "utf8") };
    const headers = { "api-key": info.key! };
    for (const base of ["/accounts/azureopenai-local", ""])
      expect((await call(service, `${base}/openai/models?api-version=2024-10-21`, { headers })).status).toBe(200);

    const port = new URL(info.endpoint!).port;
    const second = start("--state", path.join(folder, "other/state.json"), "--port", port);
    expect(await second.exited).toBe(1);
    expect(second.text.err).toBe(
      `Port ${port} on 127.0.0.1 is taken by another program, so the rehearsal service cannot start. Stop that program, or choose another one with --port.\n`,
    );
    const third = start("--state", state, "--port", "0");
    expect(await third.exited).toBe(1);
    expect(third.text.err).toBe(
      `${state} is in use by the service at ${info.endpoint}. Stop that service, or choose another file.\n`,
    );

    child.kill("SIGINT");
    expect(await exited).toBe(0);
    const again = start("--state", state);
    expect(await again.firstLine).toEqual(info);
    again.child.kill("SIGTERM");
    expect(await again.exited).toBe(0);
  }, 60_000);

  it("serves other machines by the names that it is given", async () => {
    const state = path.join(folder, "named/state.json");
    const { child, exited, firstLine } = start(
      "--state",
      state,
      "--host",
      "0.0.0.0",
      "--names",
      "azure.test,192.0.2.7",
    );
    const info = await firstLine;
    const { hostname, port } = new URL(info.endpoint!);
    expect(hostname).toBe("azure.test");
    expect(info.accountEndpoint).toContain(`https://azure.test:${port}/accounts/`);
    for (const name of ["azure.test", "localhost"]) {
      const ca = readFileSync(info.caFile!);
      // Where another machine would reach it: any address of this one but 127.0.0.1. (Of macOS and Windows, only that is there.)
      const host = process.platform === "linux" ? "127.0.0.2" : "127.0.0.1";
      const answer = await new Promise<IncomingMessage>((resolve, reject) =>
        get({ host, port, servername: name, ca, path: "/metadata/endpoints?api-version=2022-09-01" }, resolve).on(
          "error",
          reject,
        ),
      );
      const document = (await json(answer)) as { resourceManager: string };
      expect([answer.statusCode, document.resourceManager]).toEqual([200, info.endpoint]);
    }
    child.kill("SIGTERM");
    expect(await exited).toBe(0);
  }, 60_000);

  it.each([
    ["--host", "192.0.2.7", "--host is 192.0.2.7, which is no address of this machine. Expected one of its addresses"],
    [
      "--names",
      "azure test",
      "error: option '--names <list>' argument 'azure test' is invalid. Expected names of hosts",
    ],
    ["--port", "abc", "error: option '--port <n>' argument 'abc' is invalid. Expected a whole number from 0"],
    ["--port", "99999", "error: option '--port <n>' argument '99999' is invalid. Expected a whole number from 0"],
    [
      "--file-seconds",
      "1.5",
      "error: option '--file-seconds <s>' argument '1.5' is invalid. Expected a whole number of at least 0.",
    ],
  ])(
    "%s %s is one sentence",
    async (flag, value, sentence) => {
      const { exited, text } = start("--state", path.join(folder, "refused/state.json"), flag, value);
      expect(await exited).toBe(1);
      expect(text.err.trim().split("\n")).toHaveLength(1);
      expect(text.err).toContain(sentence);
    },
    30_000,
  );

  it.each([
    ["port", "abc", /port should contain a port number but contains "abc"\. Delete it to choose a new port\.$/],
    ["state.json", "null", /state\.json has no version; .* Move or delete it/],
    ["ca.pem", "garbage", /ca\.pem or .* is damaged\. Delete both/],
  ])(
    "a damaged %s is one sentence",
    async (name, content, sentence) => {
      const damaged = mkdtempSync(path.join(folder, "damaged-"));
      writeFileSync(path.join(damaged, name), content);
      writeFileSync(path.join(damaged, "ca-key.pem"), "");
      const { exited, text } = start("--state", path.join(damaged, "state.json"));
      expect(await exited).toBe(1);
      expect(text.err.trim().split("\n")).toHaveLength(1);
      expect(text.err.trim()).toMatch(sentence);
    },
    30_000,
  );
});
