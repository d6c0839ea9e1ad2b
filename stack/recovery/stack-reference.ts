import { readProjectFile } from "../project";
import type { Target } from "../target";

/** A stack by its own name and that of its project. */
export interface StackReference {
  project: string;
  name: string;
}

/** Parses `dev`, the name of a stack of the project in `folder`, or Pulumi's full form, `organization/project/dev`. */
export function stackReference({ stack, folder }: Pick<Target, "stack" | "folder">): StackReference {
  const parts = stack.split("/");
  return { project: parts.length === 3 ? parts[1]! : readProjectFile(folder).name, name: parts.at(-1)! };
}
