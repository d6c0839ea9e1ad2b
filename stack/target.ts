import { execFileSync, spawn } from "node:child_process";
import path from "node:path";
import { UserError } from "./command";
import { projectFolder } from "./project";
import { typescriptLoader } from "./project-folder";
import { findPulumiCli, pathWith } from "./pulumi-cli/find";
import type { PulumiCli } from "./pulumi-cli/installed";
import { type PulumiRun, type RunOptions, runPulumi } from "./pulumi-cli/run";
import { rehearsalStack } from "./rehearsal/folder";
import { withRehearsal } from "./rehearsal/rehearsal";
import { settingsFile } from "./rehearsal/stack-settings";
import type { StackExport } from "./stack-state";

/** A stack that a command works on: the rehearsal's, or one on real Azure with the user's own backend and sign-in. */
export interface Target {
  stack: string;
  /** File of the stack's settings. */
  settingsFile: string;
  env: NodeJS.ProcessEnv;
  pulumi: (args: string[], output?: RunOptions["output"]) => Promise<PulumiRun>;
}

/** Calls `use` with the named stack, else the one selected in pulumi, else the rehearsal's. */
export async function withTarget<T>(named: string | undefined, use: (target: Target) => Promise<T>): Promise<T> {
  const cli = await findPulumiCli(projectFolder);
  const stack = named ?? selectedStack(cli) ?? rehearsalStack;
  if (stack === rehearsalStack) return withRehearsal(({ env, pulumi }) => use({ stack, settingsFile, env, pulumi }));
  const env = { ...process.env, PATH: pathWith(cli), PULUMI_STACK: stack };
  const pulumi = (args: string[], output?: RunOptions["output"]) =>
    runPulumi(cli, args, { folder: projectFolder, env, output });
  // A stack of the Pulumi Cloud may be named `organization/project/stack`; its settings file is named after the last part.
  const file = path.join(projectFolder, `Pulumi.${stack.split("/").at(-1)!}.yaml`);
  return use({ stack, settingsFile: file, env, pulumi });
}

/** The stack's state; secrets in it stay encrypted. */
export async function exportStack({ stack, pulumi }: Pick<Target, "stack" | "pulumi">): Promise<StackExport> {
  const run = await pulumi(["stack", "export"], "capture");
  if (run.code !== 0) throw new UserError(`the state of stack ${stack} can't be read: ${run.stderr.trim()}`);
  return JSON.parse(run.stdout) as StackExport;
}

/**
 * Runs a TypeScript file in its own process, since Node reads the certificates to trust only at startup.
 *
 * @param flags - of node itself. Default none.
 */
export function runScript(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): Promise<number> {
  const child = spawn(process.execPath, [...flags, "-r", typescriptLoader, file, ...args], {
    env,
    cwd: projectFolder,
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/** The stack that the user has selected with `pulumi stack select`; undefined when none is, or nobody is logged in. */
export function selectedStack(cli: PulumiCli): string | undefined {
  try {
    const env = { ...process.env, PATH: pathWith(cli), PULUMI_SKIP_UPDATE_CHECK: "true" };
    const options = { cwd: projectFolder, env, encoding: "utf8", timeout: 10_000 } as const;
    const args = ["stack", "--show-name", "--non-interactive"];
    return execFileSync(cli.command, args, { ...options, stdio: ["ignore", "pipe", "ignore"] }).trim() || undefined;
  } catch {
    return undefined;
  }
}
