import { homedir } from "node:os";
import path from "node:path";
import type { Target } from "../target";

/** The folder `.pulumi` of the `file://` backend that the target's state is on; undefined on any other backend. */
export async function stateFolder({
  pulumi,
  env,
  folder,
}: Pick<Target, "pulumi" | "env" | "folder">): Promise<string | undefined> {
  const url = env.PULUMI_BACKEND_URL ?? (await backendUrl(pulumi));
  return url?.startsWith("file://") ? path.join(folderOf(url, folder), ".pulumi") : undefined;
}

async function backendUrl(pulumi: Target["pulumi"]): Promise<string | undefined> {
  const { code, stdout } = await pulumi(["whoami", "--json"], "capture");
  return code === 0 ? (JSON.parse(stdout) as { url?: string }).url : undefined;
}

/** `file:///folder`, `file://~`, `file://./relative` to where pulumi runs, optionally with settings after a question mark. */
function folderOf(url: string, from: string): string {
  const named = url.slice("file://".length).split("?")[0]!;
  return path.resolve(from, named.replace(/^~(?=\/|$)/, homedir()));
}
