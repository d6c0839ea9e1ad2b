import { Command } from "commander";
import { runCommand, UserError } from "../stack/command";
import { recoverStack } from "../stack/recovery/recover-stack";
import { printOpenReplacements, restoreReplaced } from "../stack/recovery/restore-replaced";
import { findInterruption } from "../stack/rehearsal/interruption";
import { type StackOptions, withStackOptions } from "../stack/stack-options";
import { isRehearsal, withTarget } from "../stack/target";

interface Options extends StackOptions {
  back?: boolean;
  model: string[];
}

/** `npm run recover [-- --stack S] [--back]`: repairs a stack after an interrupted run, on any backend. */
runCommand(async (args) => {
  const program = withStackOptions(new Command("npm run recover --"))
    .exitOverride()
    .description(
      "Repairs a stack after a Pulumi run was killed. Run it only when no other update of the stack is in progress.",
    )
    .option("--back", "undo an unfinished replacement and keep the old resource")
    .option(
      "-m, --model <name>",
      "with --back: the model whose unfinished replacement to undo, if there are several; repeat the option to undo more",
      (name: string, before: string[]) => [...before, name],
      [],
    )
    .parse(args, { from: "user" });
  const { back = false, model: models, ...named } = program.opts<Options>();
  if (models.length > 0 && !back) throw new UserError("--model selects the replacement to undo, so it needs --back.");
  await withTarget(named, async (target) => {
    const { runningProcess } = isRehearsal(target) ? findInterruption(undefined, target.stack) : {};
    if (runningProcess !== undefined) {
      throw new UserError(
        `another command is changing this stack (process ${runningProcess}). Wait until it has ended; there is nothing to recover while it runs.`,
      );
    }
    await recoverStack(target);
    await (back ? restoreReplaced(target, models) : printOpenReplacements(target));
  });
  return 0;
});
