import path from "node:path";
import { expect, it } from "@jest/globals";
import { namedFile } from "../../stack/named-file";
import { projectFolder } from "../../stack/project";

const script = { npm_package_json: path.join(projectFolder, "package.json") };
const data = path.join(projectFolder, "data");

it.each<[string, string, NodeJS.ProcessEnv, string]>([
  ["from the project folder", "data/a.jsonl", { ...script, INIT_CWD: projectFolder }, "data/a.jsonl"],
  ["from a subfolder", "a.jsonl", { ...script, INIT_CWD: data }, path.join("data", "a.jsonl")],
  ["upwards from a subfolder", "../README.md", { ...script, INIT_CWD: data }, "README.md"],
  [
    "from outside, with npm --prefix",
    "a.jsonl",
    { ...script, INIT_CWD: path.dirname(projectFolder) },
    path.join("..", "a.jsonl"),
  ],
  ["an absolute path", path.join(data, "a.jsonl"), { ...script, INIT_CWD: data }, path.join("data", "a.jsonl")],
  ["standard input", "-", { ...script, INIT_CWD: data }, "-"],
  ["without npm", "a.jsonl", {}, "a.jsonl"],
  [
    "as a script of another checkout",
    "a.jsonl",
    { npm_package_json: "/other/package.json", INIT_CWD: data },
    "a.jsonl",
  ],
])("a file named %s", (_case, file, env, expected) => {
  expect(namedFile(file, env, projectFolder)).toBe(expected);
});
