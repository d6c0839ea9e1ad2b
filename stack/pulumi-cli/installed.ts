import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
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
  // Node starts an .exe directly and a .cmd only through a shell; Pulumi starts both.
  const command = path.join(folder, platform === "win32" ? "pulumi.exe" : "pulumi");
  const hosts = platform === "win32" ? [".exe", ".cmd"] : [""];
  const hasHost = hosts.some((ending) => isExecutable(path.join(folder, `pulumi-language-nodejs${ending}`)));
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

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
