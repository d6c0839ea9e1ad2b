import { homedir } from "node:os";
import path from "node:path";

/** The user's cache directory for this project: $XDG_CACHE_HOME, else the system's usual place. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  const name = "azure-openai-finetune";
  // The XDG specification has relative paths ignored.
  if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) return path.join(env.XDG_CACHE_HOME, name);
  if (platform === "win32" && env.LOCALAPPDATA) return path.join(env.LOCALAPPDATA, name, "Cache");
  return platform === "darwin" ? path.join(homedir(), "Library", "Caches", name) : path.join(homedir(), ".cache", name);
}
