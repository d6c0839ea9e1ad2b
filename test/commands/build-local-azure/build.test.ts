import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { projectFolder } from "../../../stack/project";
import { builtLocalAzure } from "../../support/built-local-azure";

const run = promisify(execFile);
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "local-azure-program-")));
/** Nothing of this checkout, nor of the run of the tests around it. */
const env = { PATH: process.env.PATH, HOME: process.env.HOME };
const npm = (...args: string[]) => run("npm", args, { cwd: folder });

beforeAll(async () => {
  const built = path.join(folder, "built");
  await builtLocalAzure(built);
  const { stdout } = await npm("pack", built, "--silent");
  writeFileSync(path.join(folder, "package.json"), '{ "private": true }');
  await npm("install", stdout.trim(), "--prefer-offline", "--no-audit", "--no-fund");
  rmSync(built, { recursive: true });
  // Clients that such a program has besides; those of this project, so that nothing more is fetched.
  for (const name of ["openai", "undici", "@types"]) {
    const at = path.join(folder, "node_modules", name);
    rmSync(at, { recursive: true, force: true });
    mkdirSync(path.dirname(at), { recursive: true });
    symlinkSync(path.join(projectFolder, "node_modules", name), at);
  }
  cpSync(path.join(projectFolder, "test/fixtures/local-azure-program"), folder, { recursive: true });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("the archive, installed in an empty folder, serves a program under Node's test runner", async () => {
  const { stdout } = await run(process.execPath, ["--test", "service.test.mjs"], { cwd: folder, env }).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toMatch(/# pass 3\n# fail 0/);
}, 120_000);

it("has types", async () => {
  const compiler = path.join(projectFolder, "node_modules/typescript/lib/tsc.js");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "types.ts"];
  await expect(run(process.execPath, [compiler, ...options], { cwd: folder, env })).resolves.toMatchObject({
    stdout: "",
  });
}, 120_000);
