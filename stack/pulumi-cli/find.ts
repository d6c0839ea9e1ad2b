import { messageOf } from "../../azure-openai/message-of";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { whileBusy } from "local-azure/storage/while-busy";
import { systemError } from "../../azure-openai/system-error";
import { note, UserError } from "../command";
import { buildCli, copyLaunchers } from "./build";
import { downloadCli, officialSiteAnswers } from "./download";
import { goVersion } from "./go-command";
import { cliIn, cliOnPath, ownCliIn, type PulumiCli, requiredVersion, satisfies } from "./installed";
import { cacheFolder, installFolder, pinnedVersion } from "./pinned";

/** Where a CLI that isn't installed comes from. */
export interface CliSources {
  siteAnswers: () => Promise<boolean>;
  download: (folder: string) => Promise<void>;
  goVersion: () => string | undefined;
  build: (folder: string) => Promise<void>;
}
const realSources: CliSources = { siteAnswers: officialSiteAnswers, download: downloadCli, goVersion, build: buildCli };

/**
 * The Pulumi CLI, in this order: one on PATH that satisfies `requiredPulumiVersion`; one that this project installed
 * earlier into the user's cache; the official installer; a build from the Go modules pinned beside this file.
 *
 * @throws UserError when none is available: where it was looked for, and three ways to get it.
 */
export async function findPulumiCli(projectFolder: string, sources: CliSources = realSources): Promise<PulumiCli> {
  const range = requiredVersion(projectFolder);
  const looked: string[] = [];
  const onPath = cliOnPath();
  if (onPath && satisfies(onPath, range)) return onPath;
  looked.push(onPath ? `on PATH: version ${onPath.version}, which is not ${range}` : "on PATH: none");

  const cached = ownCliIn(path.join(installFolder(), "bin"));
  if (cached) {
    try {
      copyLaunchers(path.dirname(cached.command));
    } catch {
      // Somebody else's folder: what lies there works too, only slower.
    }
    return cached;
  }
  looked.push(`in ${installFolder()}: none`);

  if (await sources.siteAnswers()) {
    note(`Downloading Pulumi ${pinnedVersion} with the official installer, once for all checkouts ...`);
    const problem = await tryInstall(sources.download);
    if (problem === undefined) return installed();
    looked.push(`the official installer (get.pulumi.com): ${problem}`);
  } else {
    looked.push("the official installer (get.pulumi.com): the site can't be reached from here");
  }

  const toolChain = sources.goVersion();
  if (toolChain) {
    note(
      `Building Pulumi ${pinnedVersion} from its Go modules with ${toolChain}, once for all checkouts: 2 to 5 minutes ...`,
    );
    const problem = await tryInstall(sources.build);
    if (problem === undefined) return installed();
    looked.push(`a build from the Go modules: ${problem}`);
  } else {
    looked.push("a build from the Go modules: `go` is not on PATH");
  }
  throw new UserError(notFound(range, looked));
}

/** A PATH on which this CLI, and the plugins beside it, come first. */
export function pathWith(cli: PulumiCli): string {
  return [path.dirname(cli.command), process.env.PATH].filter(Boolean).join(path.delimiter);
}

/** Installs beside the final folder and renames: the second of two concurrent installs keeps the first one's. Returns the problem, if any. */
async function tryInstall(install: (folder: string) => Promise<void>): Promise<string | undefined> {
  mkdirSync(cacheFolder(), { recursive: true });
  removeAbandoned();
  const unfinished = mkdtempSync(path.join(cacheFolder(), unfinishedPrefix));
  try {
    await install(unfinished);
    if (!cliIn(path.join(unfinished, "bin"))) return "it finished without producing a working program";
    replaceBroken(unfinished);
    return undefined;
  } catch (error) {
    return systemError(error) ?? messageOf(error);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function replaceBroken(finished: string): void {
  try {
    whileBusy(() => renameSync(finished, installFolder()));
  } catch (error) {
    if (cliIn(path.join(installFolder(), "bin"))) return; // Another command was faster.
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    rmSync(installFolder(), { recursive: true, force: true });
    whileBusy(() => renameSync(finished, installFolder()));
  }
}

const unfinishedPrefix = "unfinished-";

/** Leftovers of killed builds; a day is longer than any build. */
function removeAbandoned(): void {
  for (const name of readdirSync(cacheFolder()).filter((entry) => entry.startsWith(unfinishedPrefix))) {
    const folder = path.join(cacheFolder(), name);
    if (Date.now() - statSync(folder).mtimeMs > 24 * 3_600_000) rmSync(folder, { recursive: true, force: true });
  }
}

function installed(): PulumiCli {
  return cliIn(path.join(installFolder(), "bin"))!;
}

function notFound(range: string, looked: string[]): string {
  return [
    `the Pulumi CLI ${range} is needed and was not found. These places were tried:`,
    ...looked.map((line) => `  - ${line.replaceAll("\n", "\n    ")}`),
    "Three ways to get it, then run the same command again:",
    "  1. install Pulumi (https://www.pulumi.com/docs/install/) and put it on PATH;",
    "  2. install Go 1.26 or later (https://go.dev/dl/) and let this project build the CLI;",
    `  3. copy ${path.join(installFolder(), "bin")} from a machine that has it.`,
  ].join("\n");
}
