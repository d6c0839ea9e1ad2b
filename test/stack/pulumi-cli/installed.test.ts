import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { launchers } from "../../../stack/pulumi-cli/build";
import { cliIn, cliOnPath, ownCliIn } from "../../../stack/pulumi-cli/installed";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "installed-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...names: string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const name of names) {
    writeFileSync(path.join(folder, name), "#!/bin/sh\necho v3.230.0\n");
    chmodSync(path.join(folder, name), 0o755);
  }
}

it.each<[NodeJS.Platform, string[], string | undefined]>([
  ["linux", ["pulumi", "pulumi-language-nodejs"], "pulumi"],
  ["darwin", ["pulumi", "pulumi-language-nodejs"], "pulumi"],
  ["win32", ["pulumi.exe", "pulumi-language-nodejs.exe"], "pulumi.exe"],
  ["win32", ["pulumi.exe", "pulumi-language-nodejs.cmd"], "pulumi.exe"],
  ["win32", ["pulumi.exe"], undefined],
  ["win32", ["pulumi", "pulumi-language-nodejs"], undefined],
  ["linux", ["pulumi.exe", "pulumi-language-nodejs.exe"], undefined],
])("on %s, a folder with %j", (platform, names, found) => {
  write(...names);
  const expected = found && { command: path.join(folder, found), version: "3.230.0" };
  expect(cliIn(folder, platform)).toEqual(expected);
});

it("a CLI of ours is asked for its version once, and again when it was replaced", () => {
  write("pulumi", "pulumi-language-nodejs");
  const asked = path.join(folder, "asked");
  const answer = (version: string) =>
    writeFileSync(path.join(folder, "pulumi"), `#!/bin/sh\necho >> '${asked}'\necho ${version}\n`);
  answer("v3.230.0");
  for (let time = 0; time < 3; time++) expect(ownCliIn(folder)?.version).toBe("3.230.0");
  expect(readFileSync(asked, "utf8")).toBe("\n");
  answer("v3.230.10");
  for (let time = 0; time < 2; time++) expect(ownCliIn(folder)?.version).toBe("3.230.10");
  expect(readFileSync(asked, "utf8")).toBe("\n\n");
  rmSync(path.join(folder, "pulumi-language-nodejs"));
  expect(ownCliIn(folder)).toBeUndefined();
});

it("Windows' PATH has semicolons, and folders may stand in quotes", () => {
  write("pulumi.exe", "pulumi-language-nodejs.exe");
  expect(cliOnPath(`/nowhere;"${folder}"`, "win32")?.command).toBe(path.join(folder, "pulumi.exe"));
});

it.each<[NodeJS.Platform, ReturnType<typeof launchers>]>([
  ["linux", { host: "language-host.sh", provider: "dynamic-provider.sh", ending: "", programEnding: "" }],
  ["darwin", { host: "language-host.sh", provider: "dynamic-provider.sh", ending: "", programEnding: "" }],
  ["win32", { host: "language-host.cmd", ending: ".cmd", programEnding: ".exe" }],
])("a build on %s", (platform, expected) => {
  expect(launchers(platform)).toEqual(expected);
});
