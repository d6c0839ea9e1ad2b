import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { type CliSources, findPulumiCli } from "../../../stack/pulumi-cli/find";
import { pinnedVersion } from "../../../stack/pulumi-cli/pinned";

let folder: string;
let cache: string;
const environment = { ...process.env };

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "find-"));
  cache = path.join(folder, "cache", "azure-openai-finetune");
  writeFileSync(path.join(folder, "Pulumi.yaml"), 'name: p\nrequiredPulumiVersion: ">=3.230.0"\n');
  process.env.PATH = path.join(folder, "path");
  process.env.XDG_CACHE_HOME = path.join(folder, "cache");
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  process.env = { ...environment };
  rmSync(folder, { recursive: true, force: true });
  jest.restoreAllMocks();
});

/** Programs that say their version, as the real ones do. */
function writeCli(bin: string, version: string, programs = ["pulumi", "pulumi-language-nodejs"]): void {
  mkdirSync(bin, { recursive: true });
  for (const program of programs) {
    writeFileSync(path.join(bin, program), `#!/bin/sh\necho v${version}\n`);
    chmodSync(path.join(bin, program), 0o755);
  }
}

function install(version = pinnedVersion) {
  return jest.fn((target: string) => {
    writeCli(path.join(target, "bin"), version);
    return Promise.resolve();
  });
}

function sources(overrides: Partial<CliSources>): CliSources {
  return {
    siteAnswers: () => Promise.resolve(false),
    download: () => Promise.reject(new Error("not to be called")),
    goVersion: () => undefined,
    build: () => Promise.reject(new Error("not to be called")),
    ...overrides,
  };
}

describe("the order in which the CLI is looked for", () => {
  it("one on PATH that satisfies requiredPulumiVersion", async () => {
    writeCli(path.join(folder, "path"), "3.231.1");
    writeCli(path.join(cache, `pulumi-${pinnedVersion}`, "bin"), pinnedVersion);
    await expect(findPulumiCli(folder, sources({}))).resolves.toEqual({
      command: path.join(folder, "path", "pulumi"),
      version: "3.231.1",
    });
  });

  it.each([
    ["is too old", () => writeCli(path.join(folder, "path"), "3.229.0")],
    ["has no language host beside it", () => writeCli(path.join(folder, "path"), "3.240.0", ["pulumi"])],
  ])("one installed earlier, when the one on PATH %s", async (_case, prepare) => {
    prepare();
    writeCli(path.join(cache, `pulumi-${pinnedVersion}`, "bin"), pinnedVersion);
    const cli = await findPulumiCli(folder, sources({}));
    expect(cli.command).toBe(path.join(cache, `pulumi-${pinnedVersion}`, "bin", "pulumi"));
  });

  it("the official installer, where the site answers", async () => {
    const cli = await findPulumiCli(folder, sources({ siteAnswers: () => Promise.resolve(true), download: install() }));
    expect(cli.command).toBe(path.join(cache, `pulumi-${pinnedVersion}`, "bin", "pulumi"));
  });

  it("a build, when the installer fails; then what was built", async () => {
    const build = install();
    const failing = sources({
      siteAnswers: () => Promise.resolve(true),
      download: () => Promise.reject(new Error("404")),
      goVersion: () => "go1.26.0",
      build,
    });
    await findPulumiCli(folder, failing);
    await findPulumiCli(folder, sources({}));
    expect(build).toHaveBeenCalledTimes(1);
  });
});

it("says what was looked for and three ways to get it, when there is none", async () => {
  writeCli(path.join(folder, "path"), "3.100.0");
  const failure = await findPulumiCli(folder, sources({})).catch((error: Error) =>
    error.message.replaceAll(folder, "<folder>"),
  );
  expect(failure).toMatchInlineSnapshot(`
   "the Pulumi CLI >=3.230.0 is needed and was not found. These places were tried:
     - on PATH: version 3.100.0, which is not >=3.230.0
     - in <folder>/cache/azure-openai-finetune/pulumi-3.230.0: none
     - the official installer (get.pulumi.com): the site can't be reached from here
     - a build from the Go modules: \`go\` is not on PATH
   Three ways to get it, then run the same command again:
     1. install Pulumi (https://www.pulumi.com/docs/install/) and put it on PATH;
     2. install Go 1.26 or later (https://go.dev/dl/) and let this project build the CLI;
     3. copy <folder>/cache/azure-openai-finetune/pulumi-3.230.0/bin from a machine that has it."
  `);
});

it("leaves nothing behind when a build fails", async () => {
  const failing = sources({ goVersion: () => "go1.26.0", build: () => Promise.reject(new Error("no space left")) });
  await expect(findPulumiCli(folder, failing)).rejects.toThrow("no space left");
  expect(readdirSync(cache)).toEqual([]);
});

it("two builders at once end with one installation, which both use", async () => {
  const build = jest.fn(async (target: string) => {
    await new Promise((resolve) => setImmediate(resolve));
    writeCli(path.join(target, "bin"), pinnedVersion);
  });
  const building = sources({ goVersion: () => "go1.26.0", build });
  const [one, other] = await Promise.all([findPulumiCli(folder, building), findPulumiCli(folder, building)]);
  expect(one).toEqual(other);
  expect(build).toHaveBeenCalledTimes(2);
  expect(readdirSync(cache)).toEqual([`pulumi-${pinnedVersion}`]);
});

it("a broken installation is replaced", async () => {
  mkdirSync(path.join(cache, `pulumi-${pinnedVersion}`, "bin"), { recursive: true });
  const cli = await findPulumiCli(folder, sources({ goVersion: () => "go1.26.0", build: install() }));
  expect(cli.version).toBe(pinnedVersion);
});
