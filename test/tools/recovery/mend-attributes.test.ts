import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, test } from "@jest/globals";
import { mendAttributes } from "../../../tools/recovery/mend-attributes";
import { temporaryFolder } from "../../support/temporary-folder";

let backend: string;
let stacks: string;
beforeEach(() => {
  backend = temporaryFolder("backend");
  stacks = path.join(backend, ".pulumi", "stacks", "project");
  mkdirSync(stacks, { recursive: true });
  writeFileSync(path.join(stacks, "dev.json"), "");
  writeFileSync(path.join(stacks, "dev.json.attrs"), "");
  writeFileSync(path.join(stacks, "dev.json.bak.attrs"), '{"user.content_ty');
  writeFileSync(path.join(stacks, "prod.json.attrs"), '{"md5":"x"}');
});

const damaged = ["dev.json.attrs", "dev.json.bak.attrs"];
const present = () => ["dev.json", ...damaged, "prod.json.attrs"].filter((name) => existsSync(path.join(stacks, name)));
const loggedIn = (url: string) => () => Promise.resolve({ code: 0, stdout: JSON.stringify({ url }), stderr: "" });

test.each<[string, (folder: string) => Parameters<typeof mendAttributes>[0]]>([
  ["of the environment", (folder) => ({ env: { PULUMI_BACKEND_URL: `file://${folder}` }, pulumi: loggedIn("") })],
  [
    "of the environment, with settings",
    (folder) => ({ env: { PULUMI_BACKEND_URL: `file://${folder}?no_tmp_dir=true` }, pulumi: loggedIn("") }),
  ],
  ["that pulumi is logged in to", (folder) => ({ env: {}, pulumi: loggedIn(`file://${folder}`) })],
])("half-written attributes go from the backend %s, and nothing else", async (_name, target) => {
  expect(await mendAttributes(target(backend))).toEqual(damaged.map((name) => path.join(stacks, name)));
  expect(present()).toEqual(["dev.json", "prod.json.attrs"]);
});

test.each([
  ["another backend", { env: { PULUMI_BACKEND_URL: "azblob://state" }, pulumi: loggedIn("") }],
  ["nobody logged in", { env: {}, pulumi: () => Promise.resolve({ code: 1, stdout: "", stderr: "error" }) }],
  ["no state yet", { env: { PULUMI_BACKEND_URL: "file:///nowhere/at/all" }, pulumi: loggedIn("") }],
])("with %s there is nothing to do", async (_name, target) => {
  expect(await mendAttributes(target)).toEqual([]);
  expect(present()).toHaveLength(4);
});
