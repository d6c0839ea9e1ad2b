import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { satisfies } from "semver";
import { cacheFolder } from "../../stack/pulumi-cli/pinned";
import type { Client } from "./clients";

/** How the script of a client is started. */
export interface Installed {
  command: string;
  args: string[];
  folder: string;
}

/** Why a client cannot be tried here: its row says so, and nothing has failed. */
export class NotHere extends Error {}

/**
 * Installs a client's packages in the user's cache, once for each state of what pins them, and puts today's scripts beside them.
 *
 * @throws NotHere where the machine lacks the tool, or the registry does not give the packages
 */
export function install({ from, packages, script }: Client): Installed {
  const source = path.join(__dirname, packages);
  const pins = pinsOf[from].map((name) => path.join(source, name)).filter((file) => existsSync(file));
  if (from === "npm") checkNode(path.join(source, "package.json"));
  const hash = createHash("sha256").update(process.version);
  for (const file of pins) hash.update(readFileSync(file));
  const folder = path.join(cacheFolder(), "clients", `${packages}-${hash.digest("hex").slice(0, 12)}`);
  if (!existsSync(path.join(folder, "installed"))) {
    const unfinished = `${folder}-${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    try {
      for (const file of pins) cpSync(file, path.join(unfinished, path.basename(file)));
      for (const [command, ...args] of installs[from]) run(command!, args, unfinished);
      writeFileSync(path.join(unfinished, "installed"), "");
      takePlace(unfinished, folder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  copyScripts(source, folder, pins);
  // One for all clients of a language.
  const steps = stepsOf[from];
  if (steps !== undefined) cpSync(path.join(__dirname, steps), path.join(folder, path.basename(steps)));
  return { ...starts[from](script), folder };
}

const pinsOf: Record<Client["from"], string[]> = {
  npm: ["package.json", "package-lock.json"],
  pip: ["requirements.txt"],
  go: ["go.mod", "go.sum"],
  terraform: ["go.mod", "go.sum"],
};
const stepsOf: Partial<Record<Client["from"], string>> = {
  npm: "node/steps.mjs",
  pip: "python/steps.py",
  terraform: "node/steps.mjs",
};

/** What installs, in the folder. Nothing of a package runs at that. */
const installs: Record<Client["from"], string[][]> = {
  npm: [["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]],
  pip: [
    ["python3", "-m", "venv", "venv"],
    ["venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"],
  ],
  go: [["go", "mod", "download"]],
  // Terraform itself is no package of a registry: it is on PATH, or its row says so.
  terraform: [
    ["terraform", "-version"],
    ["go", "build", "-mod=readonly", "-o", "terraform-provider-azapi", "github.com/Azure/terraform-provider-azapi"],
  ],
};

const starts: Record<Client["from"], (script: string) => { command: string; args: string[] }> = {
  npm: (script) => ({ command: process.execPath, args: [script] }),
  pip: (script) => ({ command: "venv/bin/python", args: [script] }),
  go: (script) => ({ command: "go", args: ["run", "-mod=readonly", `./${script}`] }),
  terraform: (script) => ({ command: process.execPath, args: [script] }),
};

function checkNode(packageFile: string): void {
  const { engines } = JSON.parse(readFileSync(packageFile, "utf8")) as { engines: { node: string } };
  if (!satisfies(process.version, engines.node))
    throw new NotHere(`it needs Node ${engines.node}, and this is ${process.version}`);
}

function run(command: string, args: string[], cwd: string): void {
  const inFolder = command.includes("/") ? path.join(cwd, command) : command;
  const shell = process.platform === "win32";
  const { error, status, stderr } = spawnSync(inFolder, args, { cwd, encoding: "utf8", shell });
  if (error) throw new NotHere(`${command} is not on PATH`);
  if (status !== 0) throw new NotHere(`${command} ${args[0]} failed: ${stderr.trim().split("\n").slice(-3).join(" ")}`);
}

/** Another run may have been faster: then its folder stays. */
function takePlace(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(path.join(folder, "installed"))) throw error;
  }
}

/** The scripts import their packages from where they lie. */
function copyScripts(source: string, folder: string, pins: string[]): void {
  for (const name of readdirSync(source)) {
    const file = path.join(source, name);
    if (!pins.includes(file)) cpSync(file, path.join(folder, name), { recursive: true });
  }
}
