import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, it } from "@jest/globals";
import { preparePassphrase, removeDamagedSettings } from "../../../stack/rehearsal/folder";
import { temporaryFolder } from "../../support/temporary-folder";

let folder: string;
let passphrase: string;
beforeEach(() => {
  folder = temporaryFolder("rehearsal");
  passphrase = path.join(folder, "passphrase");
});

it("the passphrase is made once, for the owner alone", () => {
  preparePassphrase(passphrase, folder);
  const first = readFileSync(passphrase, "utf8");
  expect(first).toMatch(/^[\w-]{32}$/);
  expect(statSync(passphrase).mode & 0o777).toBe(0o600);
  preparePassphrase(passphrase, folder);
  expect(readFileSync(passphrase, "utf8")).toBe(first);
  expect(readdirSync(folder)).toEqual(["passphrase"]);
});

it("an empty one is recreated while no state needs it", () => {
  writeFileSync(passphrase, "");
  preparePassphrase(passphrase, folder);
  expect(readFileSync(passphrase, "utf8")).toHaveLength(32);
});

it("an empty one that a state needs is reported with what to do", () => {
  writeFileSync(passphrase, "\n");
  mkdirSync(path.join(folder, ".pulumi", "stacks"), { recursive: true });
  expect(() => preparePassphrase(passphrase, folder)).toThrow(/is empty .* Restore it if you have a copy/);
});

it("what pulumi keeps for itself goes where it is damaged", () => {
  mkdirSync(path.join(folder, "workspaces"));
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  write("credentials.json", '{"current":"file');
  write("workspaces/a-workspace.json", "");
  write("workspaces/b-workspace.json", '{"stack":"local"}');
  removeDamagedSettings(folder);
  expect(existsSync(path.join(folder, "credentials.json"))).toBe(false);
  expect(readdirSync(path.join(folder, "workspaces"))).toEqual(["b-workspace.json"]);
  removeDamagedSettings(path.join(folder, "none"));
});
