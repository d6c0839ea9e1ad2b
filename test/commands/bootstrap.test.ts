import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "bootstrap-"));
  mkdirSync(path.join(root, "commands"));
  mkdirSync(path.join(root, "node_modules"));
  cpSync(path.join(__dirname, "../../commands/bootstrap.js"), path.join(root, "commands/bootstrap.js"));
  cpSync(path.join(__dirname, "../../compiled"), path.join(root, "compiled"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function writePackages(file: string, packages: object): void {
  writeFileSync(path.join(root, file), JSON.stringify({ packages }));
}

/** Runs the bootstrap with an npm that only writes down how it was called. */
function bootstrap(npmExitCode = 0) {
  const bin = path.join(root, "bin");
  mkdirSync(bin);
  writeFileSync(path.join(bin, "npm"), `#!/bin/sh\necho "$@" > "${root}/npm-called"\nexit ${npmExitCode}\n`);
  chmodSync(path.join(bin, "npm"), 0o755);
  const run = spawnSync(process.execPath, [path.join(root, "commands/bootstrap.js")], {
    env: { PATH: `${bin}:${process.env.PATH}` },
    encoding: "utf8",
  });
  const called = path.join(root, "npm-called");
  return {
    code: run.status,
    stderr: run.stderr,
    npm: existsSync(called) ? readFileSync(called, "utf8").trim() : undefined,
  };
}

const wanted = {
  "": {},
  "node_modules/a": { version: "1.0.0" },
  "node_modules/local-azure": { link: true, resolved: "local-azure" },
  "node_modules/only-on-macos": { version: "1.0.0", optional: true },
  "local-azure": { version: "0.1.0" },
};

it("leaves node_modules alone when it is what the lock file says", () => {
  writePackages("package-lock.json", wanted);
  writePackages("node_modules/.package-lock.json", {
    "node_modules/a": { version: "1.0.0" },
    "node_modules/local-azure": { link: true, resolved: "local-azure" },
  });
  expect(bootstrap()).toEqual({ code: 0, stderr: "", npm: undefined });
});

it.each([
  ["another version is installed", { "node_modules/a": { version: "0.9.0" } }, "node_modules/a is 0.9.0"],
  ["a package is missing", {}, "node_modules/a is missing"],
  ["a workspace is not linked", { "node_modules/a": { version: "1.0.0" } }, "node_modules/local-azure is missing"],
  ["nothing is installed", undefined, "node_modules is missing"],
])("installs when %s", (_case, installed, reason) => {
  writePackages("package-lock.json", wanted);
  if (installed) writePackages("node_modules/.package-lock.json", installed);
  expect(bootstrap()).toSucceed({
    npm: "ci --no-audit --no-fund --loglevel=error",
    stderr: expect.stringContaining(reason),
  });
});

it("ends with npm's failure in a sentence", () => {
  writePackages("package-lock.json", wanted);
  expect(bootstrap(7)).toExitWith(1, { stderr: expect.stringContaining("error: npm ci ended with exit code 7") });
});
