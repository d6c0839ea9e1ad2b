import { chmod, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { version } from "./version";

/**
 * Puts the stand-in where Pulumi looks for the azure-native plugin. Run it before each use: the launcher names this
 * checkout and this node by absolute paths, and is written again when one of them has moved.
 * @param pulumiHome - the rehearsal's own PULUMI_HOME, never the user's
 * @param loader - what node needs to run TypeScript. Default: tsx
 * @returns the plugin's folder
 */
export async function installStandIn(pulumiHome: string, loader = require.resolve("tsx/cjs")): Promise<string> {
  const folder = path.join(pulumiHome, "plugins", `resource-azure-native-v${version()}`);
  await mkdir(folder, { recursive: true });
  const launch = { node: process.execPath, loader, main: path.join(__dirname, "main.ts") };
  await writeIfChanged(path.join(folder, "pulumi-resource-azure-native"), shellLauncher(launch));
  await chmod(path.join(folder, "pulumi-resource-azure-native"), 0o755);
  if (process.platform === "win32")
    await writeIfChanged(path.join(folder, "pulumi-resource-azure-native.cmd"), windowsLauncher(launch));
  return folder;
}

interface Launch {
  node: string;
  loader: string;
  main: string;
}

function shellLauncher({ node, loader, main }: Launch): string {
  return [
    "#!/bin/sh",
    "# The stand-in azure-native plugin; written by local-azure.",
    `exec ${quoted(node)} --require ${quoted(loader)} ${quoted(main)} "$@"`,
    "",
  ].join("\n");
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}

function windowsLauncher({ node, loader, main }: Launch): string {
  return [
    "@echo off",
    "rem The stand-in azure-native plugin; written by local-azure.",
    `"${node}" --require "${loader}" "${main}" %*`,
    "",
  ].join("\r\n");
}

async function writeIfChanged(file: string, content: string): Promise<void> {
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present !== content) await writeFileAtomic(file, content);
}
