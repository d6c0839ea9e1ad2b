import { expect, it } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import path from "node:path";

/** A process that has nothing to do, as a provider's between two calls, and would go on for ever. */
const idleProcess = `
  const tsx = require("tsx/cjs/api");
  const { exitWithEngine } = tsx.require(process.cwd() + "/dynamic-providers/runtime/exit-with-engine.ts", process.cwd() + "/");
  exitWithEngine(process.argv[1], 20);
  setInterval(() => undefined, 1_000);
  console.log("idle");
`;

it("ends an idle process soon after its engine, and not before", async () => {
  const engine = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(engine, "listening");
  const address = `127.0.0.1:${(engine.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, ["-e", idleProcess, address], {
    cwd: path.join(__dirname, "../../.."),
    stdio: "pipe",
  });
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  for (let look = 0; look < 3; look++) await once(engine, "connection");
  expect(child.exitCode).toBeNull();
  engine.close();
  expect(await ended).toEqual([1, null]);
});
