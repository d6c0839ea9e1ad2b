import { Command } from "commander";
import { runCommand, UserError } from "./command";
import { recoverStack } from "./recovery/recover-stack";
import { rehearsalStack } from "./rehearsal/folder";
import { findInterruption } from "./rehearsal/interruption";
import { withTarget } from "./target";

/** `npm run recover [-- --stack S]`: after a run that was killed, on any backend. */
runCommand(async (args) => {
  const program = new Command("npm run recover --")
    .description(
      "Makes a stack usable after its pulumi was killed. Run it only when no other update of the stack is running.",
    )
    .option("-s, --stack <name>", "stack; default: the selected one, else the rehearsal's")
    .parse(args, { from: "user" });
  await withTarget(program.opts<{ stack?: string }>().stack, async (target) => {
    const { runningProcess } = target.stack === rehearsalStack ? findInterruption() : {};
    if (runningProcess !== undefined) {
      throw new UserError(`another command is changing this stack (process ${runningProcess}): nothing to recover.`);
    }
    await recoverStack(target);
  });
  return 0;
});
