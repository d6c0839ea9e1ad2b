import { execFileSync, spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { quoted } from "../format/quoted";
import { UserError } from "./command";
import { projectFolder } from "./project";
import { typescriptLoader } from "./project-folder";
import { findPulumiCli, pathWith } from "./pulumi-cli/find";
import type { PulumiCli } from "./pulumi-cli/installed";
import { type PulumiRun, type RunOptions, runPulumi } from "./pulumi-cli/run";
import { rehearsalStack } from "./rehearsal/folder";
import { withRehearsal } from "./rehearsal/rehearsal";
import { settingsFile } from "./rehearsal/stack-settings";
import type { StackOptions } from "./stack-options";
import type { StackExport } from "./stack-state";

/* eslint-disable-next-line @typescript-eslint/no-require-imports -- plain JavaScript, which runs before there is TypeScript */
const { provideBundles } = require("../compiled/provide") as {
  provideBundles: (...entries: string[]) => Promise<void>;
};

/** A stack that a command works on: the rehearsal's, or one on real Azure with the user's own backend and sign-in. */
export interface Target {
  stack: string;
  /** Folder of its Pulumi project. */
  folder: string;
  /** File of the stack's settings. */
  settingsFile: string;
  env: NodeJS.ProcessEnv;
  pulumi: (args: string[], output?: RunOptions["output"]) => Promise<PulumiRun>;
}

/**
 * Calls `use` with the named stack, else the one selected in pulumi, else the rehearsal's. Another project has no rehearsal.
 *
 * @throws UserError when the folder of another project has no Pulumi.yaml, or no stack of it is named or selected
 */
export async function withTarget<T>(named: StackOptions, use: (target: Target) => Promise<T>): Promise<T> {
  const folder = named.cwd === undefined ? projectFolder : otherProject(named.cwd);
  const cli = await findPulumiCli(folder);
  const own = folder === projectFolder;
  const stack = named.stack ?? selectedStack(cli, folder) ?? (own ? rehearsalStack : undefined);
  if (stack === undefined) {
    throw new UserError(
      `no stack is selected in ${folder}. Specify one with --stack, or run: pulumi stack select --cwd ${quoted(folder)}`,
    );
  }
  if (own && stack === rehearsalStack)
    return withRehearsal(({ env, pulumi }) => use({ stack, folder, settingsFile, env, pulumi }));
  const env = { ...process.env, PATH: pathWith(cli), PULUMI_STACK: stack };
  const pulumi = (args: string[], output?: RunOptions["output"]) => runPulumi(cli, args, { folder, env, output });
  // A stack of the Pulumi Cloud may be named `organization/project/stack`; its settings file is named after the last part.
  const file = path.join(folder, `Pulumi.${stack.split("/").at(-1)!}.yaml`);
  return use({ stack, folder, settingsFile: file, env, pulumi });
}

/** The folder as pulumi names it: without symbolic links. @throws UserError when it is no project's */
function otherProject(cwd: string): string {
  const folder = path.resolve(cwd);
  if (existsSync(path.join(folder, "Pulumi.yaml"))) return realpathSync(folder);
  throw new UserError(`--cwd is ${folder}, which has no Pulumi.yaml; expected the folder of a Pulumi project.`);
}

/** Whether the target is the rehearsal's stack: a stack of another project may have the same name. */
export function isRehearsal({ stack, folder }: Pick<Target, "stack" | "folder">): boolean {
  return stack === rehearsalStack && folder === projectFolder;
}

/** The command that repairs the target's stack, for messages. */
export function recoverCommand(target: Pick<Target, "stack" | "folder">, ...flags: string[]): string {
  const project = target.folder === projectFolder ? [] : ["--cwd", quoted(target.folder)];
  const args = [...project, ...(isRehearsal(target) ? [] : ["--stack", quoted(target.stack)]), ...flags];
  return ["npm run recover", ...(args.length > 0 ? ["--", ...args] : [])].join(" ");
}

/** The command that deploys the target's models, for messages. */
export function upCommand(target: Pick<Target, "stack" | "folder">): string {
  if (isRehearsal(target)) return "npm start";
  const stack = `--stack ${quoted(target.stack)}`;
  return target.folder === projectFolder
    ? `npm run up -- ${stack}`
    : `pulumi up --cwd ${quoted(target.folder)} ${stack}`;
}

/** The stack's state; secrets in it stay encrypted. */
export async function exportStack({ stack, pulumi }: Pick<Target, "stack" | "pulumi">): Promise<StackExport> {
  const run = await pulumi(["stack", "export"], "capture");
  if (run.code !== 0) throw new UserError(`the state of stack ${stack} can't be read: ${run.stderr.trim()}`);
  return JSON.parse(run.stdout) as StackExport;
}

/**
 * Runs a TypeScript file in its own process, since Node reads the certificates to trust only at startup; from its bundle, which is built
 * where there is none of today's sources.
 *
 * @param options.folder - where it runs: paths in a stack's state are relative to its project. Default the checkout.
 * @param options.flags - of node itself. Default none.
 */
export async function runScript(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  { folder = projectFolder, flags = [] }: { folder?: string; flags?: readonly string[] } = {},
): Promise<number> {
  await provideBundles(path.relative(projectFolder, file).slice(0, -".ts".length));
  const child = spawn(process.execPath, [...flags, "-r", typescriptLoader, file, ...args], {
    env,
    cwd: folder,
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/** The stack that the user has selected with `pulumi stack select`; undefined when none is, or nobody is logged in. */
export function selectedStack(cli: PulumiCli, folder = projectFolder): string | undefined {
  try {
    const env = { ...process.env, PATH: pathWith(cli), PULUMI_SKIP_UPDATE_CHECK: "true" };
    const options = { cwd: folder, env, encoding: "utf8", timeout: 10_000 } as const;
    const args = ["stack", "--show-name", "--non-interactive"];
    return execFileSync(cli.command, args, { ...options, stdio: ["ignore", "pipe", "ignore"] }).trim() || undefined;
  } catch {
    return undefined;
  }
}
