import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { runPulumi, signalFilter, signalling } from "../../../stack/pulumi-cli/run";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "run-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(script: string) {
  const command = path.join(folder, "pulumi");
  writeFileSync(command, `#!/bin/sh\n${script}\n`);
  chmodSync(command, 0o755);
  return runPulumi({ command, version: "3.230.0" }, ["a b"], { folder, env: process.env, output: "capture" });
}

it("passes arguments, output and exit code through", async () => {
  await expect(run('echo "<$1>"; echo oh >&2; exit 7')).resolves.toEqual({
    code: 7,
    stdout: "<a b>\n",
    stderr: "oh\n",
  });
});

it.each([undefined, "--max-old-space-size=900"])(
  "Node's processes below pulumi get the provider's loader beside %s",
  async (given) => {
    const env = { ...process.env, NODE_OPTIONS: given };
    const command = path.join(folder, "pulumi");
    const print = "process.stdout.write(JSON.stringify(process.env.NODE_OPTIONS))";
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' -e '${print}'\n`);
    chmodSync(command, 0o755);
    const { code, stdout, stderr } = await runPulumi({ command, version: "3.230.0" }, [], {
      folder,
      env,
      output: "capture",
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const loader = `--require="${path.resolve(__dirname, "../../../compiled/provider.js")}"`;
    expect(JSON.parse(stdout)).toBe([given, loader].filter(Boolean).join(" "));
  },
);

it.each<[string[], NodeJS.ProcessEnv, string]>([
  [["up", "--yes"], {}, "off"],
  [["up", "--event-log", "events.jsonl"], {}, "off"],
  [["up", "--debug"], {}, "sent"],
  [["-d", "up"], {}, "sent"],
  [["up", "-v=9", "--logtostderr"], {}, "sent"],
  [["up"], { PULUMI_OPTION_DEBUG: "true" }, "sent"],
])("%j with %j: the program's debug messages are %s", async (args, env, expected) => {
  const command = path.join(folder, "pulumi");
  writeFileSync(command, '#!/bin/sh\nprintf "${FINETUNE_DEBUG_MESSAGES:-sent}"\n');
  chmodSync(command, 0o755);
  const options = { folder, env: { ...process.env, ...env }, output: "capture" } as const;
  await expect(runPulumi({ command, version: "3.230.0" }, args, options)).resolves.toMatchObject({ stdout: expected });
});

it("an end by a signal is 128 + its number", async () => {
  await expect(run("kill -TERM $$")).resolves.toMatchObject({ code: 143 });
});

describe("which signals are passed on", () => {
  type Step = [atMs: number, signal: NodeJS.Signals, passedOn: boolean];
  it.each<[string, boolean, Step[]]>([
    [
      "a terminal's Ctrl-C reached pulumi already",
      true,
      [
        [0, "SIGINT", false],
        [2000, "SIGINT", false],
      ],
    ],
    ["a kill from elsewhere has not", true, [[0, "SIGTERM", true]]],
    [
      "without a terminal each one is",
      false,
      [
        [0, "SIGINT", true],
        [2000, "SIGINT", true],
      ],
    ],
    [
      "npm's echo of the same one is not",
      false,
      [
        [0, "SIGINT", true],
        [40, "SIGINT", false],
        [900, "SIGTERM", true],
      ],
    ],
  ])("%s", (_case, terminal, steps) => {
    let time = 0;
    const isNew = signalFilter(terminal, () => time);
    for (const [at, signal, passedOn] of steps) {
      time = at;
      expect(isNew(signal)).toBe(passedOn);
    }
  });
});

it.each<[NodeJS.Platform, boolean, ReturnType<typeof signalling>]>([
  ["linux", true, { detached: false, forwards: true }],
  ["linux", false, { detached: true, forwards: true }],
  ["darwin", false, { detached: true, forwards: true }],
  ["win32", true, { detached: false, forwards: false }],
  ["win32", false, { detached: false, forwards: false }],
])("process group and signals on %s, terminal: %s", (platform, terminal, expected) => {
  expect(signalling(platform, terminal)).toEqual(expected);
});
