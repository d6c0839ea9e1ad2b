import { readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { Target } from "../target";

/**
 * Removes what a killed pulumi has left half-written beside the state on a `file://` backend. Pulumi replaces the state itself at once,
 * but the file of attributes beside each of its files is written in place (gocloud.dev/blob/fileblob, attrs.go): cut off, it is
 * empty, and every command ends with `failed to load checkpoint: EOF`. Without the file, its defaults count, which is as good.
 *
 * @returns the files that were removed; none on another backend.
 */
export async function mendAttributes({ pulumi, env }: Pick<Target, "pulumi" | "env">): Promise<string[]> {
  const url = env.PULUMI_BACKEND_URL ?? (await backendUrl(pulumi));
  if (!url?.startsWith("file://")) return [];
  const damaged = attributeFiles(path.join(folderOf(url), ".pulumi")).filter((file) => !isJson(file));
  for (const file of damaged) rmSync(file, { force: true });
  return damaged;
}

async function backendUrl(pulumi: Target["pulumi"]): Promise<string | undefined> {
  const { code, stdout } = await pulumi(["whoami", "--json"], "capture");
  return code === 0 ? (JSON.parse(stdout) as { url?: string }).url : undefined;
}

/** `file:///folder`, `file://~`, `file://./relative`, perhaps with settings behind a question mark. */
function folderOf(url: string): string {
  const folder = url.slice("file://".length).split("?")[0]!;
  return path.resolve(folder.replace(/^~(?=\/|$)/, homedir()));
}

function attributeFiles(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".attrs"));
    return files.map((entry) => path.join(entry.parentPath, entry.name));
  } catch {
    return []; // No state yet, or one that is not for us to read: then pulumi says so.
  }
}

function isJson(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch (error) {
    // Only what was read and is none: a file that is gone or can't be read is left alone.
    return !(error instanceof SyntaxError);
  }
}
