import { Command } from "commander";
import { runCommand, UserError } from "../stack/command";
import { recoverStack } from "../stack/recovery/recover-stack";
import { printOpenReplacements, restoreReplaced } from "../stack/recovery/restore-replaced";
import { rehearsalStack } from "../stack/rehearsal/folder";
import { findInterruption } from "../stack/rehearsal/interruption";
import { withTarget } from "../stack/target";

/** `npm run recover [-- --stack S] [--back]`: repairs a stack after an interrupted run, on any backend. */
runCommand(async (args) => {
  const program = new Command("npm run recover --")
    .exitOverride()
    .description(
      "Repairs a stack after its pulumi was killed. Run it only when no other update of the stack is running.",
    )
    .option("-s, --stack <name>", "stack; default: the selected one, else the rehearsal's")
    .option("--back", "undo an unfinished replacement and keep the old resource")
    .parse(args, { from: "user" });
  const { stack, back = false } = program.opts<{ stack?: string; back?: boolean }>();
  await withTarget(stack, async (target) => {
    const { runningProcess } = target.stack === rehearsalStack ? findInterruption() : {};
    if (runningProcess !== undefined)
      throw new UserError(`another command is changing this stack (process ${runningProcess}): nothing to recover.`);
    await recoverStack(target);
    await (back ? restoreReplaced(target) : printOpenReplacements(target));
  });
  return 0;
});
