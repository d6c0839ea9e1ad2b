import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** The user's cache directory for this project: $XDG_CACHE_HOME, else the system's usual place. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  const name = "azure-openai-finetune";
  // The XDG specification has relative paths ignored.
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, name);
  if (platform === "win32" && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, name, "Cache");
  return platform === "darwin" ? join(homedir(), "Library", "Caches", name) : join(homedir(), ".cache", name);
}
