import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, it } from "@jest/globals";
import { repairAttributes } from "../../../stack/recovery/repair-attributes";
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

it("half-written attributes go, and nothing else", () => {
  expect(repairAttributes(path.join(backend, ".pulumi"))).toEqual(damaged.map((name) => path.join(stacks, name)));
  expect(present()).toEqual(["dev.json", "prod.json.attrs"]);
});

it("with no state yet there is nothing to do", () => {
  expect(repairAttributes("/nowhere/at/all/.pulumi")).toEqual([]);
  expect(present()).toHaveLength(4);
});
