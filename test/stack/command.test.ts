import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { projectFolder } from "../../stack/project";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "command-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As npm starts a script of this project while the person is in `folder`. */
function script(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["commands/bootstrap.js", command, ...args], {
    cwd: projectFolder,
    env: {
      ...process.env,
      NO_COLOR: "1",
      INIT_CWD: folder,
      npm_package_json: path.join(projectFolder, "package.json"),
    },
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

it.each([
  ["commands/preview-summary", ["missing.json"], "error: the preview can't be read"],
  ["commands/github", ["comment", "missing.md", "--pull-request", "1"], "error: "],
  ["commands/playground", ["--save-to", "missing"], "is not a folder"],
  ["commands/validate", ["missing.jsonl"], "missing.jsonl"],
])(
  "%s %j: a file that is not there is a sentence, and is looked for where the person is",
  (command, args, sentence) => {
    const { status, output } = script(command, ...args);
    expect(status).toBe(1);
    expect(output).toContain(sentence);
    expect(output).not.toMatch(/^\s+at .+:\d+:\d+/m);
  },
);

it.each([
  ["commands/chat", ["--stac"]],
  ["commands/validate", ["--bogus"]],
  ["commands/convert", []],
  ["commands/github", ["commment"]],
  ["commands/local", []],
])("%s %j: a command line that is not understood ends with 2", (command, args) => {
  expect(script(command, ...args)).toMatchObject({ status: 2 });
});

it("a file that is not there has no table of its tokens", () => {
  const { output } = script("commands/validate", "missing.jsonl");
  expect(output).not.toMatch(/examples|median/);
  expect(output).toContain("file-missing (1)");
});
