import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { keepSettings, readSettings, withSettingsFile } from "../../../stack/rehearsal/stack-settings";

let folder: string;
let files: { committed: string; used: string };
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "settings-"));
  files = { committed: path.join(folder, "committed.yaml"), used: path.join(folder, "used.yaml") };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const salt = "encryptionsalt: v1:abc=:v1:def\n";

/** A command: pulumi sees the settings, `change` is what it or a person does meanwhile, and at the end they are kept. */
function command(given: string, change: () => void): string | undefined {
  writeFileSync(files.committed, given);
  const read = readSettings(files);
  change();
  return keepSettings(read, files);
}
const committed = () => readFileSync(files.committed, "utf8");

it("a changed setting reaches pulumi, and the salt stays", () => {
  writeFileSync(files.used, `config:\n  a: 1\n${salt}`);
  writeFileSync(files.committed, "config:\n  a: 2\n");
  readSettings(files);
  expect(readFileSync(files.used, "utf8")).toBe(`config:\n  a: 2\n${salt}`);
  expect(statSync(files.used).mode & 0o777).toBe(0o600);
});

it.each([
  ["set", "config:\n  a: 1\n  b: 2\n", "# why\nconfig:\n  a: 1 # the\n  b: 2\n"],
  ["changed", 'config:\n  a: "7"\n', '# why\nconfig:\n  a: "7" # the\n'],
  ["removed", "config: {}\n", "# why\nconfig: {}\n"],
])("what a command %s reaches the checkout, without the salt and without loss of comments", (_name, used, expected) => {
  const change = () => writeFileSync(files.used, used + salt);
  expect(command("# why\nconfig:\n  a: 1 # the\n", change)).toBeUndefined();
  expect(committed()).toBe(expected);
});

it("the first setting of an empty file", () => {
  expect(command("config:\n", () => writeFileSync(files.used, `config:\n  a: x\n${salt}`))).toBeUndefined();
  expect(committed()).toBe("config:\n  a: x\n");
});

it("the quotes that pulumi puts around booleans and numbers don't reach the checkout", () => {
  const settings = "config:\n  a: true\n  b: { c: 1, d: [2] }\n";
  command(settings, () => {
    writeFileSync(files.used, `config:\n  a: "true"\n  b:\n    c: "1"\n    d: ["2"]\n${salt}`);
  });
  expect(committed()).toBe(settings);
});

it("what the rehearsal leaves out of a file of a stack on Azure stays there", () => {
  const settings = "config:\n  azure-native:subscriptionId: 1\n  a: 1\nencryptionsalt: v1:theirs=\n";
  command(settings, () => {
    expect(readFileSync(files.used, "utf8")).toBe("config:\n  a: 1\n");
    writeFileSync(files.used, `config:\n  a: 1\n  b: 2\n${salt}`);
  });
  expect(committed()).toBe("config:\n  azure-native:subscriptionId: 1\n  a: 1\n  b: 2\nencryptionsalt: v1:theirs=\n");
});

it("a run that changed no setting doesn't touch the checkout", () => {
  writeFileSync(files.committed, "config:\n  a: 1"); // No newline at the end: as its author left it.
  const before = statSync(files.committed).mtimeMs;
  expect(keepSettings(readSettings(files), files)).toBeUndefined();
  expect(committed()).toBe("config:\n  a: 1");
  expect(statSync(files.committed).mtimeMs).toBe(before);
});

it("what a person saved while a run went on stays, comments and all", () => {
  const edited = "config:\n  a: 7\n  # my comment\n";
  const change = () => {
    writeFileSync(files.used, `config:\n  a: "1"\n${salt}`);
    writeFileSync(files.committed, edited);
  };
  expect(command("config:\n  a: 1\n", change)).toBeUndefined();
  expect(committed()).toBe(edited);
});

it.each([
  ["changed", "config:\n  a: 7\n"],
  ["removed", undefined],
])("where a command set something in a file that was %s meanwhile, that is said and the file left", (how, edited) => {
  const change = () => {
    writeFileSync(files.used, `config:\n  a: 1\n  b: 2\n${salt}`);
    if (edited === undefined) rmSync(files.committed);
    else writeFileSync(files.committed, edited);
  };
  expect(command("config:\n  a: 1\n", change)).toMatch(
    new RegExp(`^committed\\.yaml was ${how} while the command ran, so it was left unchanged.*: config\\.b\\. `),
  );
  expect(existsSync(files.committed) ? committed() : undefined).toBe(edited);
});

it.each(["config: [", "", "7", "- a\n"])("%j is left to pulumi, which says what is wrong with it", (text) => {
  expect(command(text, () => writeFileSync(files.used, "config:\n  a: {"))).toBeUndefined();
  expect(committed()).toBe(text);
});

it("without the file of another stack, how to make one is said", () => {
  const of = path.join(folder, "Pulumi.production.yaml");
  expect(() => readSettings({ ...files, committed: of })).toThrow(
    /Pulumi\.production\.yaml is missing\. .* To rehearse a new stack, run: npm run local -- stack init production$/,
  );
});

it("without the file the way out is said", () => {
  const of = path.join(folder, "Pulumi.local.yaml");
  expect(() => readSettings({ ...files, committed: of })).toThrow(
    /Pulumi\.local\.yaml is missing\. Restore it: git checkout Pulumi\.local\.yaml/,
  );
});

it.each([
  [
    ["preview", "--diff"],
    ["preview", "--config-file", "used.yaml", "--diff"],
  ],
  [
    ["--color", "never"],
    ["--color", "never"],
  ],
  [
    ["-v=3", "up", "--yes"],
    ["-v=3", "up", "--config-file", "used.yaml", "--yes"],
  ],
  [
    ["config", "set", "a", "b"],
    ["config", "--config-file", "used.yaml", "set", "a", "b"],
  ],
  [
    ["stack", "output"],
    ["stack", "output"],
  ],
  [
    ["up", "--stack", "dev"],
    ["up", "--config-file", "used.yaml", "--stack", "dev"],
  ],
  [
    ["--stack", "dev", "up"],
    ["--stack", "dev", "up", "--config-file", "used.yaml"],
  ],
  [
    ["up", "--config-file", "mine.yaml"],
    ["up", "--config-file", "mine.yaml"],
  ],
])("%j runs as %j", (given, used) => {
  expect(withSettingsFile(given, "used.yaml")).toEqual(used);
});
