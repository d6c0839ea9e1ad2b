import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { keepSettings, readSettings, settingsFile, withSettingsFile } from "../../../tools/rehearsal/stack-settings";

let folder: string;
let files: { committed: string; used: string };
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "settings-"));
  files = { committed: path.join(folder, "committed.yaml"), used: path.join(folder, "used.yaml") };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const salt = "encryptionsalt: v1:abc=:v1:def\n";

test("a changed setting reaches pulumi, and the salt stays", () => {
  writeFileSync(files.used, `config:\n  a: 1\n${salt}`);
  writeFileSync(files.committed, "config:\n  a: 2\n");
  readSettings(files);
  expect(readFileSync(files.used, "utf8")).toBe(`config:\n  a: 2\n${salt}`);
  expect(statSync(files.used).mode & 0o777).toBe(0o600);
});

test("what `config set` wrote reaches the checkout, without the salt", () => {
  writeFileSync(files.committed, "# why\nconfig:\n  a: 1\n");
  writeFileSync(files.used, `# why\nconfig:\n  a: 1\n  b: 2\n${salt}`);
  keepSettings(files);
  expect(readFileSync(files.committed, "utf8")).toBe("# why\nconfig:\n  a: 1\n  b: 2\n");
});

test("the quotes that pulumi puts around booleans and numbers don't reach the checkout", () => {
  const settings = "config:\n  a: true\n  b: { c: 1, d: [2] }\n";
  writeFileSync(files.committed, settings);
  writeFileSync(files.used, `config:\n  a: "true"\n  b:\n    c: "1"\n    d: ["2"]\n${salt}`);
  keepSettings(files);
  expect(readFileSync(files.committed, "utf8")).toBe(settings);
});

test("a run that changed no setting doesn't touch the checkout", () => {
  writeFileSync(files.committed, "config:\n  a: 1"); // No newline at the end: as its author left it.
  const before = statSync(files.committed).mtimeMs;
  readSettings(files);
  keepSettings(files);
  expect(readFileSync(files.committed, "utf8")).toBe("config:\n  a: 1");
  expect(statSync(files.committed).mtimeMs).toBe(before);
});

test.each([
  [
    ["preview", "--diff"],
    ["preview", "--config-file", settingsFile, "--diff"],
  ],
  [
    ["--color", "never"],
    ["--color", "never"],
  ],
  [
    ["-v=3", "up", "--yes"],
    ["-v=3", "up", "--config-file", settingsFile, "--yes"],
  ],
  [
    ["config", "set", "a", "b"],
    ["config", "--config-file", settingsFile, "set", "a", "b"],
  ],
  [
    ["stack", "output"],
    ["stack", "output"],
  ],
  [
    ["up", "--config-file", "mine.yaml"],
    ["up", "--config-file", "mine.yaml"],
  ],
])("%j runs as %j", (given, used) => {
  expect(withSettingsFile(given)).toEqual(used);
});
