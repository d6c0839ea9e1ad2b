import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { installStandIn } from "local-azure/azure-native/install";
import { note } from "./command";
import { projectFolder } from "./project";
import { typescriptLoader } from "./project-folder";
import { officialSiteAnswers } from "./pulumi-cli/download";
import type { PulumiCli } from "./pulumi-cli/installed";
import { cacheFolder } from "./pulumi-cli/pinned";

/** The plugin is about 150 MB: five minutes suffice at 4 Mbit/s. */
const installMs = 5 * 60_000;

/**
 * Makes sure that the rehearsal's PULUMI_HOME has an azure-native plugin: the official one if available, else the
 * stand-in, which implements only what this program uses. The choice is kept until `.local` is deleted.
 */
export async function provideAzureNative(cli: PulumiCli, pulumiHome: string): Promise<void> {
  const target = path.join(pulumiHome, "plugins", pluginName());
  if (isLink(target)) return;
  // A stand-in is always rewritten, so that it is the one of this checkout.
  const official = existsSync(target) ? undefined : await officialPlugin(cli);
  if (official) {
    mkdirSync(path.dirname(target), { recursive: true });
    symlinkSync(official, target);
  } else {
    await installStandIn(pulumiHome, typescriptLoader);
  }
}

function pluginName(): string {
  const manifest = path.join(projectFolder, "node_modules", "@pulumi", "azure-native", "package.json");
  return `resource-azure-native-v${(JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version}`;
}

/** Folder of the official plugin: the user's own, or one in this project's cache, where it is installed if possible. */
async function officialPlugin(cli: PulumiCli): Promise<string | undefined> {
  // Outside Linux, Go programs trust the system's key chain alone: the plugin would refuse the rehearsal's certificate.
  if (process.platform !== "linux") return undefined;
  const homes = [process.env.PULUMI_HOME || path.join(homedir(), ".pulumi"), path.join(cacheFolder(), "pulumi-home")];
  const folders = homes.map((home) => path.join(home, "plugins", pluginName()));
  const present = folders.find(isComplete);
  if (present || !(await officialSiteAnswers())) return present;
  note(`Downloading the azure-native plugin (about 150 MB, once for all checkouts) ...`);
  try {
    const env = { ...process.env, PULUMI_HOME: homes[1], PULUMI_SKIP_UPDATE_CHECK: "true" };
    const args = ["plugin", "install", "resource", "azure-native", pluginName().split("-v")[1]!];
    execFileSync(cli.command, args, { env, timeout: installMs, stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    note(`The download failed (${error instanceof Error ? error.message.split("\n")[0] : String(error)}).`);
  }
  return folders.find(isComplete);
}

/** Pulumi keeps a file `<folder>.partial` beside a plugin until it is unpacked. */
function isComplete(folder: string): boolean {
  return existsSync(folder) && !existsSync(`${folder}.partial`);
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
