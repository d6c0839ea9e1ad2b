import { Command } from "commander";
import { note, runCommand } from "../stack/command";
import { comment } from "./gitlab/comment";
import { keepWaiting } from "./gitlab/keep-waiting";
import { textOf } from "./pull-request/own-text";

/** `npm run -s gitlab -- <what>`: what the jobs of pipelines/gitlab write to GitLab. */
runCommand(async (args) => {
  const program = new Command("gitlab")
    .exitOverride()
    .description(
      "Writes to GitLab from a job: notes and pipelines. Reads the job's predefined variables and FINETUNE_GITLAB_TOKEN.",
    );

  program
    .command("comment <file>")
    .description("post the file as the merge request's note about the stack (PULUMI_STACK), replacing the previous one")
    .action(async (file: string) => {
      note(await comment(process.env, process.env.PULUMI_STACK ?? "dev", textOf(file)));
    });

  program
    .command("keep-waiting")
    .description("start the next pipeline of this branch")
    .action(async () => {
      note(await keepWaiting(process.env));
    });

  await program.parseAsync(args, { from: "user" });
  return 0;
});
