import { execFile, execFileSync } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { systemClock } from "../../src/world/clock";
import { deploy } from "./deployments";

/** Interpreter of an environment with `pip install "openai==0.28.1"`, the client of api version 2023-05-01. */
const python = process.env.LOCAL_AZURE_PYTHON;
const ready = python !== undefined && hasClient(python);
if (!ready)
  process.stderr.write("Skipped: set LOCAL_AZURE_PYTHON to a Python that has openai 0.28.1 to test that client.\n");

function hasClient(interpreter: string): boolean {
  try {
    return execFileSync(interpreter, ["-c", "import openai; print(openai.version.VERSION)"], {
      encoding: "utf8",
    }).startsWith("0.28");
  } catch {
    return false;
  }
}

(ready ? describe : describe.skip)("openai-python 0.28", () => {
  let service: TestService;
  let account: AccountRecord;
  beforeAll(async () => {
    const clock = { ...systemClock(), advance: () => undefined };
    service = await startForTest({ clock, settings: { trainingSeconds: 1, fileSeconds: 1 } });
    account = service.addAccount("python");
  });
  afterAll(() => service.close());

  const run = (step: string, ...more: string[]) =>
    promisify(execFile)(python!, [path.join(__dirname, "python_0_28.py"), step, ...more], {
      env: {
        ...process.env,
        REQUESTS_CA_BUNDLE: service.caFile,
        AZURE_OPENAI_ENDPOINT: service.origin,
        AZURE_OPENAI_API_KEY: account.keys[0],
      },
    });

  it("uploads, submits right after, polls, lists, and chats with the engine", async () => {
    const trained = JSON.parse((await run("train")).stdout) as { model: string; jobs: number };
    expect(trained).toEqual({ model: expect.stringContaining("gpt-4o-mini-2024-07-18.ft-") as unknown, jobs: 1 });
    deploy(service, account, "ft", trained.model);
    expect((await run("chat", "ft")).stdout.trim()).toBe("Thing 7 is number 7 of the course.");
  }, 60_000);
});
