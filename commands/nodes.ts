import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { note, runCommand, UserError } from "../stack/command";
import { nodePackage, nodeProgram } from "./nodes/node-package";
import { projectFolder } from "../stack/project";
import { cacheFolder } from "../stack/pulumi-cli/pinned";

/** The lowest version that `engines` admits, and the two other maintained lines of Node. */
const DEFAULT_VERSIONS = ["20.19", "22", "24"];

interface Result {
  version: string;
  step: string;
  seconds: number;
  passed: boolean;
}

/** `npm run test:nodes`: the same checkout under several versions of Node, each in a fresh copy with a fresh `npm ci`. */
runCommand((args) => {
  const command = new Command("npm run test:nodes --")
    .exitOverride()
    .description("Installs, starts and tests a copy of this checkout under several versions of Node.")
    .option(
      "--versions <list>",
      "versions, separated by commas; the newest release of each is used",
      DEFAULT_VERSIONS.join(","),
    )
    .option("--steps <list>", "what to run: ci, start, test", "ci,start,test")
    .argument("[jest...]", "arguments for Jest, after --, e.g. --selectProjects unit")
    .parse(args, { from: "user" });
  const { versions, steps } = command.opts<{ versions: string; steps: string }>();
  const results = versions.split(",").flatMap((version) => tryVersion(version.trim(), steps.split(","), command.args));
  const table = new Table({ head: ["Node", "step", "seconds", "result"], style: { head: [] } });
  for (const { version, step, seconds, passed } of results)
    table.push([version, step, seconds, passed ? "passed" : "FAILED"]);
  console.log(table.toString());
  return Promise.resolve(results.every(({ passed }) => passed) ? 0 : 1);
});

function tryVersion(version: string, steps: string[], jestArguments: string[]): Result[] {
  const node = installNode(version);
  const folder = mkdtempSync(path.join(tmpdir(), "nodes-"));
  const commands: Record<string, string[]> = {
    ci: ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
    start: ["start"],
    test: ["test", "--", ...jestArguments],
  };
  try {
    copyCheckout(folder);
    // npm's own script starts the first `node` on PATH: everything below it runs on this version.
    const env = { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter) };
    const results: Result[] = [];
    for (const step of ["ci", "start", "test"].filter((name) => name === "ci" || steps.includes(name))) {
      note(`Node ${version}: npm ${commands[step]!.join(" ")} ...`);
      const started = performance.now();
      const { status } = spawnSync("npm", commands[step]!, {
        cwd: folder,
        env,
        stdio: "inherit",
        shell: process.platform === "win32",
      });
      results.push({ version, step, seconds: Math.round((performance.now() - started) / 1000), passed: status === 0 });
      if (status !== 0 && step === "ci") break;
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The program in the user's cache, installed there at first use from the npm packages that carry Node's own builds. */
function installNode(version: string): string {
  const folder = path.join(cacheFolder(), `node-${version}`);
  const program = path.join(folder, nodeProgram(process.platform, process.arch));
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const name = `${nodePackage(process.platform, process.arch)}@${version}`;
  note(`Installing ${name} ...`);
  // The package runs no script: it is nothing but the program.
  const args = ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", name];
  const { status } = spawnSync("npm", args, { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (status !== 0 || !existsSync(program)) {
    throw new UserError(
      `Node ${version} can't be installed for ${process.platform} ${process.arch} (npm package ${name}).`,
    );
  }
  return program;
}

/** Tracked and addable files as they are now: neither packages nor the rehearsal's folder. */
function copyCheckout(folder: string): void {
  const list = spawnSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: projectFolder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (list.status !== 0) throw new UserError("could not list the files of the checkout: git must be on PATH.");
  for (const file of list.stdout.split("\0").filter(Boolean)) {
    const from = path.join(projectFolder, file);
    if (existsSync(from)) cpSync(from, path.join(folder, file), { recursive: true });
  }
}
