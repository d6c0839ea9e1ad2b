import { expect, it } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** Like Pulumi's provider process: an uncaught error is written, and the process goes on. */
const providerProcess = `
  process.on("uncaughtException", (error) => console.error(error.stack));
  const tsx = require("tsx/cjs/api");
  const project = process.cwd() + "/";
  const { runHandler } = tsx.require(project + "dynamic-providers/run-handler.ts", project);
  const { handler } = tsx.require(project + "test/dynamic-providers/chattering-handler.ts", project);
  void runHandler(handler, "create", [{}]);
`;

it("ends when the engine no longer reads what it writes", async () => {
  const child = spawn(process.execPath, ["-e", providerProcess], {
    cwd: path.join(__dirname, "../../.."),
    stdio: "pipe",
  });
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  child.stdout.destroy();
  child.stderr.destroy();
  expect(await ended).toEqual([1, null]);
});
