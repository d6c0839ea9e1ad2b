import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { projectFolder } from "./project-folder";

export { projectFolder };

/** One entry of the `config:` block of Pulumi.yaml. */
export interface SettingDeclaration {
  type?: string;
  description?: string;
  default?: unknown;
  secret?: boolean;
  items?: { type?: string };
}

/** What tools need of Pulumi.yaml. */
export interface ProjectFile {
  name: string;
  requiredPulumiVersion?: string;
  config?: Record<string, SettingDeclaration>;
}

export function readProjectFile(folder: string = projectFolder): ProjectFile {
  return parse(readFileSync(path.join(folder, "Pulumi.yaml"), "utf8")) as ProjectFile;
}
