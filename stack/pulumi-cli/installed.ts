import { execFileSync } from "node:child_process";
import { accessSync, constants, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import semver from "semver";
import { readProjectFile } from "../project";

/** An installed Pulumi CLI: its absolute path and version (`3.230.0`). */
export interface PulumiCli {
  command: string;
  version: string;
}

/** `requiredPulumiVersion` of Pulumi.yaml, e.g. `>=3.230.0`; `*` when the project asks for none. */
export function requiredVersion(projectFolder: string): string {
  return readProjectFile(projectFolder).requiredPulumiVersion ?? "*";
}

/**
 * The CLI in a folder, with the Node language host that it needs beside it; undefined when either is missing.
 *
 * @param platform - `process.platform`'s; decides the names of the programs.
 */
export function cliIn(folder: string, platform: NodeJS.Platform = process.platform): PulumiCli | undefined {
  const command = path.join(folder, programOf(platform));
  const hasHost = hostsOf(platform).some((name) => isExecutable(path.join(folder, name)));
  if (!isExecutable(command) || !hasHost) return undefined;
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const output = execFileSync(command, ["version"], { env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const version = semver.valid(semver.clean(output.trim()));
    return version ? { command, version } : undefined;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["EMFILE", "ENFILE"].includes(code)) throw error; // No program can be started now, whichever it is.
    return undefined; // A file of that name that doesn't run is as good as none.
  }
}

/**
 * As `cliIn`, for a folder of this project's own: the program is asked for its version once, which takes it 0.15 s of processor time, and
 * again when it was replaced.
 */
export function ownCliIn(folder: string, platform: NodeJS.Platform = process.platform): PulumiCli | undefined {
  const file = path.join(folder, "answered.json");
  try {
    const { command, version, stamp } = JSON.parse(readFileSync(file, "utf8")) as PulumiCli & { stamp: string };
    if (path.dirname(command) === folder && stamp === stampOf(folder, platform)) return { command, version };
  } catch {
    // Not asked yet, or one of the programs is gone.
  }
  const cli = cliIn(folder, platform);
  try {
    if (cli) writeFileSync(file, JSON.stringify({ ...cli, stamp: stampOf(folder, platform) }));
  } catch {
    // Somebody else's folder: the program is asked each time.
  }
  return cli;
}

/** Changes with the programs that `cliIn` looks for. */
function stampOf(folder: string, platform: NodeJS.Platform): string {
  const host = hostsOf(platform).find((name) => isExecutable(path.join(folder, name)));
  const files = [programOf(platform), host ?? "no host"].map((name) => statSync(path.join(folder, name)));
  return files.map(({ size, mtimeMs, mode }) => `${size} ${mtimeMs} ${mode}`).join(", ");
}

/** The first CLI on PATH, whatever its version. `process.env` finds PATH in any spelling, Windows' `Path` too. */
export function cliOnPath(
  searchPath: string = process.env.PATH ?? "",
  platform: NodeJS.Platform = process.platform,
): PulumiCli | undefined {
  const delimiter = platform === "win32" ? path.win32.delimiter : path.posix.delimiter;
  for (const folder of searchPath.split(delimiter).filter(Boolean)) {
    // Windows allows quotes around a folder in PATH.
    const found = cliIn(path.resolve(folder.replaceAll('"', "")), platform);
    if (found) return found;
  }
  return undefined;
}

export function satisfies(cli: PulumiCli, range: string): boolean {
  return semver.satisfies(cli.version, range, { includePrerelease: true });
}

// Node starts an .exe directly and a .cmd only through a shell; Pulumi starts both.
function programOf(platform: NodeJS.Platform): string {
  return platform === "win32" ? "pulumi.exe" : "pulumi";
}

function hostsOf(platform: NodeJS.Platform): string[] {
  return (platform === "win32" ? [".exe", ".cmd"] : [""]).map((ending) => `pulumi-language-nodejs${ending}`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
