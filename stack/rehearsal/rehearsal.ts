import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { connect } from "local-azure/rehearsal/connect";
import type { Settings } from "local-azure/world/settings";
import { provideAzureNative } from "../azure-native-plugin";
import { note, UserError } from "../command";
import { projectFolder, readProjectFile } from "../project";
import { typescriptLoader } from "../project-folder";
import { findPulumiCli } from "../pulumi-cli/find";
import type { PulumiCli } from "../pulumi-cli/installed";
import { type PulumiRun, type RunOptions, runPulumi } from "../pulumi-cli/run";
import { rehearsalEnvironment } from "./environment";
import { places, prepareFolder, rehearsalFolder, rehearsalStack } from "./folder";
import { keepSettings, readSettings, settingsFiles, withSettingsFile } from "./stack-settings";

/** The rehearsal while a command uses it: the service runs, the stack exists. */
export interface Rehearsal {
  cli: PulumiCli;
  /** Environment in which any program sees the rehearsal as its Azure. */
  env: NodeJS.ProcessEnv;
  /** Link to the live page of the service, while the command runs. */
  livePage: string;
  /** Runs pulumi on the stack. */
  pulumi: (args: string[], output?: RunOptions["output"]) => Promise<PulumiRun>;
}

/**
 * Opens the rehearsal (CLI, plugin, service, stack), calls `use` and releases the service afterwards.
 *
 * @param stack - one of the rehearsal's stacks, whose settings are in `Pulumi.<stack>.yaml`; it is created at first use. Default: its own
 * @throws UserError when the file is missing, or the rehearsal can't be opened
 */
export async function withRehearsal<T>(
  use: (rehearsal: Rehearsal) => Promise<T>,
  stack: string = rehearsalStack,
): Promise<T> {
  const cli = await findPulumiCli(projectFolder);
  prepareFolder();
  await provideAzureNative(cli, places.pulumiHome);
  const service = await connect({
    ...{ folder: places.service, settings: readPace(), loader: typescriptLoader },
    livePage: path.join(projectFolder, "live-page", "page-document.ts"),
  }).catch((error: Error) => {
    // The stack's state refers to the damaged cloud, and is useless with another one.
    const startOver = error.message.includes(STATE_FILE)
      ? ` In this rehearsal that means: delete ${rehearsalFolder} and start over.`
      : "";
    throw new UserError(error.message + startOver);
  });
  try {
    const env = { ...rehearsalEnvironment(service.info, path.dirname(cli.command)), PULUMI_STACK: stack };
    const files = settingsFiles(stack);
    const given = readSettings(files);
    await createStack(stack, cli, env);
    const pulumi = (args: string[], output?: RunOptions["output"]) =>
      runPulumi(cli, withSettingsFile(args, files.used), { folder: projectFolder, env, output });
    const result = await use({ cli, env, pulumi, livePage: service.info.livePage });
    const left = keepSettings(given, files);
    if (left) note(left);
    return result;
  } finally {
    await service.release();
  }
}

/** The service's state, which its message names if it can't be read. */
const STATE_FILE = path.join(places.service, "state.json");

/** How long things take in this rehearsal (`{"trainingSeconds": 2}`), if not the defaults. */
function readPace(): Partial<Settings> {
  if (!existsSync(places.pace)) return {};
  const expected =
    'Expected JSON such as {"trainingSeconds": 60}. Fix the file, or delete it to use the default timings';
  try {
    const pace: unknown = JSON.parse(readFileSync(places.pace, "utf8"));
    if (pace instanceof Object && !Array.isArray(pace)) return pace;
  } catch (error) {
    throw new UserError(`${places.pace} can't be read (${(error as Error).message}). ${expected}.`);
  }
  throw new UserError(`${places.pace} is not a JSON object. ${expected}.`);
}

/** Whether the rehearsal has a stack of this name. */
export function hasStack(stack: string): boolean {
  return existsSync(stackFile(readProjectFile().name, stack));
}

/** Creates the stack at first use, in a folder of its own: `stack init` writes the salt beside the Pulumi.yaml it finds. */
async function createStack(stack: string, cli: PulumiCli, env: NodeJS.ProcessEnv): Promise<void> {
  const { name } = readProjectFile();
  if (hasStack(stack)) return;
  writeFileSync(path.join(places.stackSettings, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
  const args = ["stack", "init", stack, "--no-select", "--secrets-provider", "passphrase"];
  const { PULUMI_STACK: _, ...unselected } = env;
  const run = await runPulumi(cli, args, { folder: places.stackSettings, env: unselected, output: "capture" });
  if (run.code !== 0 && !hasStack(stack))
    throw new UserError(`the stack ${stack} could not be created: ${run.stderr.trim()}`);
}

function stackFile(project: string, stack: string): string {
  return path.join(places.backend, ".pulumi", "stacks", project, `${stack}.json`);
}
