import { readProjectFile } from "../project";

/** A stack by its own name and that of its project. */
export interface StackReference {
  project: string;
  name: string;
}

/** Parses `dev`, or in Pulumi's full form, `organization/project/dev`. */
export function stackReference(stack: string): StackReference {
  const parts = stack.split("/");
  return { project: parts.length === 3 ? parts[1]! : readProjectFile().name, name: parts.at(-1)! };
}
