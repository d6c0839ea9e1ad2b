import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { quoted } from "../format/quoted";
import { print, runCommand, UsageError } from "../stack/command";
import { projectFolder } from "../stack/project";
import { type CommandLine, parseCommandLine } from "../stack/pulumi-cli/flags";
import { printInterruptionNotice } from "../stack/recovery/interruption-notice";
import { rehearsalStack } from "../stack/rehearsal/folder";
import { withRehearsal } from "../stack/rehearsal/rehearsal";
import { settingsFiles } from "../stack/rehearsal/stack-settings";
import { worksOnStack } from "./plan/command-line";
import { rehearsalCommands } from "./plan/next-commands";
import { runWithSummary, thisTerminal } from "./plan/run";

/** `npm run local -- <pulumi arguments>`: any pulumi command on a stack of the rehearsal (`--stack S`; default: its own); its exit code is passed on. */
runCommand(async (args) => {
  if (args.length === 0) {
    throw new UsageError(
      "which pulumi command? For example: npm run local -- preview --diff, npm run local -- destroy --yes",
    );
  }
  const line = parseCommandLine(args);
  const created = newStack(line);
  if (created !== undefined) return initialized(created);
  // Pulumi's full form names the stack last.
  const stack = line.flags.get("stack")?.split("/").at(-1) ?? rehearsalStack;
  return withRehearsal(async ({ pulumi, env }) => {
    const code = await runWithSummary(args, { pulumi, env, next: rehearsalCommands, ...thisTerminal });
    const target = { stack, folder: projectFolder, rehearsed: true, pulumi, env };
    if (code !== 0 && worksOnStack(args, env)) await printInterruptionNotice(target);
    return code;
  }, stack);
});

/** The stack that `stack init` names. */
function newStack({ command, operands: [verb, name], flags }: CommandLine): string | undefined {
  if (command !== "stack" || verb !== "init" || flags.has("help")) return undefined;
  const stack = (name ?? flags.get("stack"))?.split("/").at(-1);
  if (stack === undefined || stack === "")
    throw new UsageError("which name? For example: npm run local -- stack init dev");
  return stack;
}

/** As pulumi does it, but with the salt of the passphrase in the rehearsal's folder, not in the checkout. */
function initialized(stack: string): Promise<number> {
  const { committed } = settingsFiles(stack);
  if (!existsSync(committed)) writeFileSync(committed, "config:\n");
  return withRehearsal(() => {
    const file = path.basename(committed);
    print(
      `The rehearsal has the stack ${stack}, with the settings of ${file}. Deploy it: npm run local -- up --stack ${quoted(stack)}`,
    );
    return Promise.resolve(0);
  }, stack);
}
