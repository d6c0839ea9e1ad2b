import { projectFolder } from "../../stack/project";
import { findPulumiCli, pathWith } from "../../stack/pulumi-cli/find";
import { type RunOptions, runPulumi } from "../../stack/pulumi-cli/run";
import { printInterruptionNotice } from "../../stack/recovery/interruption-notice";
import { selectedStack } from "../../stack/target";
import { parseCommandLine } from "../../stack/pulumi-cli/flags";
import { cloudCommands } from "./next-commands";
import { runWithSummary, thisTerminal } from "./run";

/**
 * Runs a pulumi command on the user's own stack, backend and sign-in, with the summaries, the question and the line of progress that the
 * rehearsal has.
 *
 * @returns pulumi's exit code
 */
export async function runOnStack(args: string[], terminal = thisTerminal): Promise<number> {
  const cli = await findPulumiCli(projectFolder);
  const env = { ...process.env, PATH: pathWith(cli) };
  const pulumi = (pulumiArgs: string[], output?: RunOptions["output"]) =>
    runPulumi(cli, pulumiArgs, { folder: projectFolder, env, output });
  const code = await runWithSummary(args, { pulumi, env, next: cloudCommands, ...terminal });
  if (code === 0) return code;
  const stack = parseCommandLine(args, env).flags.get("stack") ?? selectedStack(cli);
  if (stack !== undefined)
    await printInterruptionNotice({ stack, folder: projectFolder, pulumi, env: { ...env, PULUMI_STACK: stack } });
  return code;
}
