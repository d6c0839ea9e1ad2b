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

/** What was read last: a command asks several times, and parsing takes 20 ms of processor time. */
let last: { text: string; project: ProjectFile } | undefined;

export function readProjectFile(folder: string = projectFolder): Readonly<ProjectFile> {
  const text = readFileSync(path.join(folder, "Pulumi.yaml"), "utf8");
  if (last?.text !== text) last = { text, project: parse(text) as ProjectFile };
  return last.project;
}
