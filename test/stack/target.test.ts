import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { rehearsalPlace } from "../../stack/rehearsal/folder";
import { isRehearsal, recoverCommand, upCommand, withTarget } from "../../stack/target";
import { temporaryFolder } from "../support/temporary-folder";

const own = { ...rehearsalPlace, stack: "acme/models/dev" };
const other = { stack: "dev", folder: "/home/me/my models" };

describe("the commands that a message names", () => {
  it.each([
    [rehearsalPlace, "npm start", "npm run recover", "npm run recover -- --back"],
    [
      { ...rehearsalPlace, stack: "production", rehearsed: true },
      "npm run local -- up --stack production",
      "npm run recover -- --local --stack production",
      "npm run recover -- --local --stack production --back",
    ],
    [
      own,
      "npm run up -- --stack acme/models/dev",
      "npm run recover -- --stack acme/models/dev",
      "npm run recover -- --stack acme/models/dev --back",
    ],
    [
      other,
      "pulumi up --cwd '/home/me/my models' --stack dev",
      "npm run recover -- --cwd '/home/me/my models' --stack dev",
      "npm run recover -- --cwd '/home/me/my models' --stack dev --back",
    ],
  ])("for %j", (target, up, recover, back) => {
    expect(upCommand(target)).toBe(up);
    expect(recoverCommand(target)).toBe(recover);
    expect(recoverCommand(target, "--back")).toBe(back);
  });
});

it("another project's stack is not the rehearsal, whatever its name", () => {
  expect(isRehearsal(rehearsalPlace)).toBe(true);
  expect(isRehearsal({ ...rehearsalPlace, folder: other.folder })).toBe(false);
});

it("--local is about this project's rehearsal, and a stack that it has", async () => {
  const use = () => Promise.resolve();
  await expect(withTarget({ local: true, stack: "never-rehearsed" }, use)).rejects.toThrow(
    "the rehearsal has no stack never-rehearsed. Deploy it first: npm run local -- up --stack never-rehearsed",
  );
  const folder = temporaryFolder("other-project");
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: other\n");
  await expect(withTarget({ local: true, cwd: folder }, use)).rejects.toThrow(
    /--local .* can.t be combined with --cwd/,
  );
});

it("a folder without a project is refused before anything runs", async () => {
  const folder = path.join(temporaryFolder("target"), "empty");
  mkdirSync(folder);
  await expect(withTarget({ cwd: folder }, () => Promise.resolve())).rejects.toThrow(
    `--cwd points to ${folder}, which has no Pulumi.yaml. Expected the folder of a Pulumi project.`,
  );
});
