import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { setVersion, withVersion } from "../../../commands/rollback/version-setting";

const TEXT = `# ours
config:
  # how
  p:deploy:
    sku: "Standard" # dear
    capacity: 2
  p:seed: 7
`;

describe("the text of the settings", () => {
  it("gets the version, and keeps comments, quotes and order", () => {
    const pinned = withVersion(TEXT, "p", 2);
    expect(pinned).toBe(TEXT.replace("    capacity: 2\n", "    capacity: 2\n    version: 2\n"));
    expect(withVersion(pinned, "p", 3)).toBe(pinned.replace("version: 2", "version: 3"));
    expect(withVersion(pinned, "p", undefined)).toBe(TEXT);
  });

  it.each(["[serving, base]", "[ serving, base ]"])("keeps how a list in brackets is written: %s", (list) => {
    const text = `${TEXT}  p:evaluation:\n    against: ${list}\n`;
    expect(withVersion(text, "p", 2)).toContain(`against: ${list}\n`);
  });

  it.each(["", "config:\n", "config:\n  p:seed: 7\n"])("may have no group for it yet: %j", (text) => {
    expect(withVersion(text, "p", 1)).toContain("  p:deploy:\n    version: 1\n");
    expect(withVersion(text, "p", undefined)).toBe(text);
  });

  it.each([
    ["config: [", "it is not YAML"],
    [
      'config:\n  p:deploy: \'{"sku":"Standard"}\'\n',
      "p:deploy is not a group of settings. Write it as a group, and set `deploy.version` to 1",
    ],
  ])("is refused where it can't be changed: %j", (text, message) => {
    expect(() => withVersion(text, "p", 1)).toThrow(message);
  });
});

describe("the file", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "version-setting-"));
    file = path.join(folder, "Pulumi.dev.yaml");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is put back as it was, with its permissions", () => {
    writeFileSync(file, TEXT, { mode: 0o600 });
    const putBack = setVersion(file, "p", 2);
    expect(readFileSync(file, "utf8")).toContain("version: 2");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    putBack();
    expect(readFileSync(file, "utf8")).toBe(TEXT);
  });

  it("is gone again where there was none", () => {
    setVersion(file, "p", 2)();
    expect(existsSync(file)).toBe(false);
  });

  it("is left alone where somebody has changed it since", () => {
    writeFileSync(file, TEXT);
    const putBack = setVersion(file, "p", 2);
    writeFileSync(file, "config: {}\n");
    putBack();
    expect(readFileSync(file, "utf8")).toBe("config: {}\n");
  });

  it("is named where it can't be changed", () => {
    writeFileSync(file, "config: [");
    expect(() => setVersion(file, "p", 2)).toThrow(`${file} was left unchanged: it is not YAML`);
  });
});
