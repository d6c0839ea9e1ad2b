import { homedir } from "node:os";
import path from "node:path";

/** The version that is downloaded or built: the newest whose Go modules build without a download from the official site. */
export const pinnedVersion = "3.230.0";

/** Folder of this project in the user's cache: outside the checkout, so that every clone shares one CLI. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return path.join(env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "azure-openai-finetune");
}

/** Where the pinned CLI is installed; its programs lie in `bin` below it, as the official installer lays them out. */
export function installFolder(env: NodeJS.ProcessEnv = process.env): string {
  return path.join(cacheFolder(env), `pulumi-${pinnedVersion}`);
}
