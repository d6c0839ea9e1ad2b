import type { StackExport, StackResource } from "../stack-state";
import type { Target } from "../target";
import { readCheckpoint } from "./checkpoint-file";
import { type StackReference, stackReference } from "./stack-reference";
import { stateCopies } from "./state-copies";
import { stateFolder } from "./state-folder";

/** Number of states to look back: more than the updates that people run between a deletion and its discovery. */
const LOOKED_BACK = 25;

/**
 * The resources of earlier states of the stack, the newest state first: from a `file://` backend the copies that pulumi keeps (also what is
 * readable of damaged ones), from Pulumi Cloud its versions. Other backends cannot be asked for one: none.
 */
export async function earlierStates(
  target: Pick<Target, "stack" | "folder" | "pulumi" | "env">,
): Promise<StackResource[][]> {
  const folder = await stateFolder(target);
  return folder ? fromFiles(folder, stackReference(target)) : fromVersions(target.pulumi);
}

function fromFiles(folder: string, stack: StackReference): StackResource[][] {
  return stateCopies(folder, stack)
    .slice(0, LOOKED_BACK)
    .flatMap((file) => {
      const checkpoint = readCheckpoint(file);
      if (checkpoint.end === "unread") return [];
      return [checkpoint.end === "whole" ? (checkpoint.deployment.resources ?? []) : checkpoint.resources];
    });
}

async function fromVersions(pulumi: Target["pulumi"]): Promise<StackResource[][]> {
  const history = await pulumi(["stack", "history", "--json", "--page-size", String(LOOKED_BACK)], "capture");
  if (history.code !== 0) return [];
  const states: StackResource[][] = [];
  for (const { version } of JSON.parse(history.stdout) as { version?: number }[]) {
    if (version === undefined) continue;
    const exported = await pulumi(["stack", "export", "--version", String(version)], "capture");
    if (exported.code !== 0) break; // A backend without versions refuses each.
    states.push((JSON.parse(exported.stdout) as StackExport).deployment.resources ?? []);
  }
  return states;
}
