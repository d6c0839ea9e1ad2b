import { Worker } from "node:worker_threads";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { once } from "node:events";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { keepPort, keptPort, portFile } from "../../src/rehearsal/port";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "port-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("is chosen once: all who ask at the same moment get the same one, and nothing else is left in the folder", async () => {
  const ports = await Promise.all(Array.from({ length: 8 }, () => keepPort(folder)));
  expect(new Set(ports).size).toBe(1);
  expect(keptPort(folder)).toBe(ports[0]);
  expect(readdirSync(folder)).toEqual(["port"]);
});

it("whoever reads while it is written sees no port or all of it", async () => {
  // Another thread reads without pause, as another command does; it would see a file that is there and still empty.
  const script = `
    const { readFileSync } = require("node:fs");
    const { parentPort, workerData } = require("node:worker_threads");
    parentPort.postMessage("ready");
    for (;;) {
      try {
        parentPort.postMessage(readFileSync(workerData, "utf8"));
        break;
      } catch {}
    }`;
  for (let round = 0; round < 25; round++) {
    const reader = new Worker(script, { eval: true, workerData: portFile(folder) });
    await once(reader, "message");
    const seen = once(reader, "message");
    const port = await keepPort(folder);
    expect(await seen).toEqual([`${port}\n`]);
    expect(readFileSync(portFile(folder), "utf8")).toBe(`${port}\n`);
    await reader.terminate();
    rmSync(portFile(folder));
  }
});
