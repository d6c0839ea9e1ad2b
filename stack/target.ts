import { execFileSync, spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { quoted } from "../format/quoted";
import { UsageError, UserError } from "./command";
import { projectFolder } from "./project";
import { typescriptLoader } from "./project-folder";
import { findPulumiCli, pathWith } from "./pulumi-cli/find";
import type { PulumiCli } from "./pulumi-cli/installed";
import { type PulumiRun, type RunOptions, runPulumi } from "./pulumi-cli/run";
import { rehearsalStack } from "./rehearsal/folder";
import { hasStack, withRehearsal } from "./rehearsal/rehearsal";
import { settingsFiles } from "./rehearsal/stack-settings";
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
  /** Whether it is a stack of the rehearsal. Absent where that goes by its name: the rehearsal's own is one. */
  rehearsed?: boolean;
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
  const own = folder === projectFolder;
  if (named.local && !own)
    throw new UsageError("--local selects a stack of this project, so it can't be combined with --cwd");
  if (named.local) return onRehearsal(named.stack ?? rehearsalStack, use);
  const cli = await findPulumiCli(folder);
  const stack = named.stack ?? selectedStack(cli, folder) ?? (own ? rehearsalStack : undefined);
  if (stack === undefined) {
    throw new UserError(
      `no stack is selected in ${folder}. Specify one with --stack, or run: pulumi stack select --cwd ${quoted(folder)}`,
    );
  }
  if (own && stack === rehearsalStack) return onRehearsal(stack, use);
  const env = { ...process.env, PATH: pathWith(cli), PULUMI_STACK: stack };
  const pulumi = (args: string[], output?: RunOptions["output"]) => runPulumi(cli, args, { folder, env, output });
  // A stack of the Pulumi Cloud may be named `organization/project/stack`; its settings file is named after the last part.
  const file = path.join(folder, `Pulumi.${stack.split("/").at(-1)!}.yaml`);
  return use({ stack, folder, rehearsed: false, settingsFile: file, env, pulumi });
}

/** @throws UserError when the rehearsal has no such stack */
function onRehearsal<T>(stack: string, use: (target: Target) => Promise<T>): Promise<T> {
  if (stack !== rehearsalStack && !hasStack(stack)) {
    throw new UserError(
      `the rehearsal has no stack ${stack}. Deploy it first: npm run local -- up --stack ${quoted(stack)}`,
    );
  }
  const { used } = settingsFiles(stack);
  return withRehearsal(
    ({ env, pulumi }) => use({ stack, folder: projectFolder, rehearsed: true, settingsFile: used, env, pulumi }),
    stack,
  );
}

/** The folder as pulumi names it: without symbolic links. @throws UserError when it is no project's */
function otherProject(cwd: string): string {
  const folder = path.resolve(cwd);
  if (existsSync(path.join(folder, "Pulumi.yaml"))) return realpathSync(folder);
  throw new UserError(`--cwd points to ${folder}, which has no Pulumi.yaml. Expected the folder of a Pulumi project.`);
}

/** A stack, as messages and commands name it. */
export type NamedTarget = Pick<Target, "stack" | "folder" | "rehearsed">;

/** Whether the target is a stack of the rehearsal: a stack of another project may have the same name. */
export function isRehearsal({ stack, folder, rehearsed }: NamedTarget): boolean {
  return rehearsed === true || (stack === rehearsalStack && folder === projectFolder);
}

/** The arguments by which a command of ours finds the target; none for the rehearsal's own stack. */
export function stackArguments(target: NamedTarget): string[] {
  const project = target.folder === projectFolder ? [] : ["--cwd", quoted(target.folder)];
  if (!isRehearsal(target)) return [...project, "--stack", quoted(target.stack)];
  return target.stack === rehearsalStack ? [] : ["--local", "--stack", quoted(target.stack)];
}

/** The command that repairs the target's stack, for messages. */
export function recoverCommand(target: NamedTarget, ...flags: string[]): string {
  const args = [...stackArguments(target), ...flags];
  return ["npm run recover", ...(args.length > 0 ? ["--", ...args] : [])].join(" ");
}

/** The command that deploys the target's models, for messages. */
export function upCommand(target: NamedTarget): string {
  const stack = `--stack ${quoted(target.stack)}`;
  if (isRehearsal(target)) return target.stack === rehearsalStack ? "npm start" : `npm run local -- up ${stack}`;
  return target.folder === projectFolder
    ? `npm run up -- ${stack}`
    : `pulumi up --cwd ${quoted(target.folder)} ${stack}`;
}

/** The stack's state; secrets in it stay encrypted. */
export async function exportStack(
  target: Pick<Target, "stack" | "pulumi"> & Partial<Pick<Target, "folder" | "rehearsed">>,
): Promise<StackExport> {
  const { stack, folder, rehearsed, pulumi } = target;
  const run = await pulumi(["stack", "export"], "capture");
  if (run.code === 0) return JSON.parse(run.stdout) as StackExport;
  const maybe =
    rehearsed === false && folder === projectFolder && hasStack(stack)
      ? " The rehearsal on this machine has a stack with this name; to use that one, add --local."
      : "";
  throw new UserError(`the state of stack ${stack} can't be read: ${run.stderr.trim()}${maybe}`);
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
