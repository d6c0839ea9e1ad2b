import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { connect } from "../../src/rehearsal/connect";
import { bundleLoader, provideBundles } from "../../../test/support/from-bundle";
import { call } from "../https-call";

describe("a rehearsal server shared by its clients", () => {
  /** Of the checkout's commands; without it, as in the first test, the server runs through tsx. */
  const loader = bundleLoader;
  let folder: string;
  beforeAll(() => provideBundles("local-azure/src/rehearsal/serve"));
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "local-azure-rehearsal-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const port = () => Number(readFileSync(path.join(folder, "port"), "utf8"));
  const answers = async () => {
    const service = { origin: `https://localhost:${port()}`, caPem: readFileSync(path.join(folder, "ca.pem"), "utf8") };
    return call(service, "/metadata/endpoints?api-version=2022-09-01").then(
      ({ status }) => status === 200,
      () => false,
    );
  };
  const ended = async () => {
    for (let tries = 0; tries < 100 && (await answers()); tries += 1) await sleep(50);
    return !(await answers());
  };

  it("two starters at once share one server, which ends with the last of them; state and port stay", async () => {
    const [one, two] = await Promise.all([connect({ folder }), connect({ folder })]);
    expect(two.info).toEqual(one.info);
    await one.release();
    expect(await answers()).toBe(true);
    await two.release();
    expect(await ended()).toBe(true);
    for (const secret of ["state.json", "ca-key.pem", "server-key.pem"])
      expect(statSync(path.join(folder, secret)).mode & 0o077).toBe(0);
    const again = await connect({ folder });
    expect(again.info).toEqual(one.info);
    await again.release();
    expect(await ended()).toBe(true);
  }, 60_000);

  it("a client that is killed lets go; a server that is killed leaves a folder that works", async () => {
    const script =
      `require("tsx/cjs"); const { connect } = require(${JSON.stringify(path.join(__dirname, "../../src/rehearsal/connect"))});` +
      `connect({ folder: ${JSON.stringify(folder)}, loader: ${JSON.stringify(loader)} }).then(({ info }) => { console.log(info.clientId); setInterval(() => {}, 1000); });`;
    const client = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    const clientId = await new Promise<string>((resolve) =>
      client.stdout.once("data", (text) => resolve(String(text).trim())),
    );
    expect(await answers()).toBe(true);
    client.kill("SIGKILL");
    expect(await ended()).toBe(true);
    const again = await connect({ folder, loader });
    expect(again.info.clientId).toBe(clientId);
    await again.release();
    expect(await ended()).toBe(true);
  }, 60_000);

  it("a damaged state is one sentence with the way out", async () => {
    const lease = await connect({ folder, loader });
    await lease.release();
    expect(await ended()).toBe(true);
    writeFileSync(path.join(folder, "state.json"), "{");
    await expect(connect({ folder, loader })).rejects.toThrow(
      `${path.join(folder, "state.json")} is not valid JSON. Move or delete it to start over with an empty cloud.`,
    );
  }, 60_000);

  it("a port that another program has taken is one sentence with the way out", async () => {
    const lease = await connect({ folder, loader });
    await lease.release();
    expect(await ended()).toBe(true);
    const other = createServer((socket) =>
      socket
        .resume()
        .on("error", () => undefined)
        .end("hello\n"),
    );
    await new Promise<void>((listening) => other.listen(port(), "127.0.0.1", listening));
    await expect(connect({ folder, loader })).rejects.toThrow(
      `Port ${port()} on 127.0.0.1 is taken by another program, so the rehearsal service cannot start. ` +
        `Stop that program, or choose another port by deleting ${path.join(folder, "port")}.`,
    );
    await new Promise((closed) => other.close(closed));
  }, 60_000);
});
