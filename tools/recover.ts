import { Command } from "commander";
import { runCommand, UserError } from "./command";
import { bringBack, sayWhatIsOpen } from "./recovery/bring-back";
import { recoverStack } from "./recovery/recover-stack";
import { rehearsalStack } from "./rehearsal/folder";
import { findInterruption } from "./rehearsal/interruption";
import { withTarget } from "./target";

/** `npm run recover [-- --stack S] [--back]`: after a run that was killed or that broke off, on any backend. */
runCommand(async (args) => {
  const program = new Command("npm run recover --")
    .description(
      "Makes a stack usable after its pulumi was killed. Run it only when no other update of the stack is running.",
    )
    .option("-s, --stack <name>", "stack; default: the selected one, else the rehearsal's")
    .option("--back", "go back to what waits for its deletion since a replacement that has not come to its end")
    .parse(args, { from: "user" });
  const { stack, back = false } = program.opts<{ stack?: string; back?: boolean }>();
  await withTarget(stack, async (target) => {
    const { runningProcess } = target.stack === rehearsalStack ? findInterruption() : {};
    if (runningProcess !== undefined) {
      throw new UserError(`another command is changing this stack (process ${runningProcess}): nothing to recover.`);
    }
    await recoverStack(target);
    await (back ? bringBack(target) : sayWhatIsOpen(target));
  });
  return 0;
});
