import { runCommand, UsageError } from "../stack/command";
import { worksOnStack } from "./plan/command-line";
import { rehearsalCommands } from "./plan/next-commands";
import { runWithSummary, thisTerminal } from "./plan/run";
import { printInterruptionNotice } from "../stack/recovery/interruption-notice";
import { rehearsalPlace } from "../stack/rehearsal/folder";
import { withRehearsal } from "../stack/rehearsal/rehearsal";

/** `npm run local -- <pulumi arguments>`: any pulumi command on the rehearsal's stack; its exit code is passed on. */
runCommand(async (args) => {
  if (args.length === 0) {
    throw new UsageError(
      "which pulumi command? For example: npm run local -- preview --diff, npm run local -- destroy --yes",
    );
  }
  return withRehearsal(async ({ pulumi, env }) => {
    const code = await runWithSummary(args, { pulumi, env, next: rehearsalCommands, ...thisTerminal });
    if (code !== 0 && worksOnStack(args, env)) await printInterruptionNotice({ ...rehearsalPlace, pulumi, env });
    return code;
  });
});
