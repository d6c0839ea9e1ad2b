import { Command } from "commander";
import { note, runCommand, UserError } from "../stack/command";
import { comment } from "./azure-devops/comment";
import { keepWaiting } from "./azure-devops/keep-waiting";
import { textOf } from "./pull-request/own-text";

/** `npm run -s azure-devops -- <what>`: what the pipelines of pipelines/azure-devops write to Azure DevOps. */
runCommand(async (args) => {
  const program = new Command("azure-devops")
    .exitOverride()
    .description(
      "Writes to Azure DevOps from a pipeline: comments and runs. Reads the job's variables, including SYSTEM_ACCESSTOKEN.",
    );

  program
    .command("comment <file>")
    .description(
      "post the file as the pull request's comment about the stack (PULUMI_STACK), replacing the previous one",
    )
    .action(async (file: string) => {
      note(await comment(process.env, process.env.PULUMI_STACK ?? "dev", textOf(file)));
    });

  program
    .command("keep-waiting")
    .description("start the next run of this pipeline on this branch, unless one is queued or running already")
    .requiredOption("--waited <number>", "number of runs that have waited for the training job so far")
    .action(async ({ waited }: { waited: string }) => {
      if (!/^\d+$/.test(waited)) throw new UserError(`--waited is "${waited}"; expected a number.`);
      note(await keepWaiting(process.env, Number(waited)));
    });

  await program.parseAsync(args, { from: "user" });
  return 0;
});
