import { Command } from "commander";
import { note, runCommand, UserError } from "../stack/command";
import { namedFile } from "../stack/named-file";
import { comment } from "./github/comment";
import { commentOfRun, whyNoComment } from "./github/comment-of-run";
import { dispatch } from "./github/dispatch";
import { driftIssue } from "./github/drift-issue";
import type { WorkflowRunEvent } from "./github/pull-request-of-run";
import { needed, repositoryOf } from "./github/repository";
import { textOf } from "./pull-request/own-text";

/** `npm run -s github -- <what>`: what the workflows write to GitHub. */
runCommand(async (args) => {
  const stack = process.env.PULUMI_STACK ?? "dev";
  const program = new Command("github")
    .exitOverride()
    .description(
      "Writes to GitHub from a workflow: comments, issues and runs. Reads GITHUB_REPOSITORY and GITHUB_TOKEN.",
    );

  program
    .command("comment <file>")
    .description(
      "post the file as the pull request's comment about the stack (PULUMI_STACK), replacing the previous one",
    )
    .requiredOption("--pull-request <number>", "number of the pull request")
    .action(async (file: string, { pullRequest }: { pullRequest: string }) => {
      const url = await comment(repositoryOf(process.env), numberOf(pullRequest), stack, textOf(file));
      note(`Comment: ${url}`);
    });

  program
    .command("run-artifact")
    .description(
      "print found=true if the run in GITHUB_EVENT_PATH left a summary that is for an open pull request and small enough to download",
    )
    .action(async () => {
      const reason = await whyNoComment(repositoryOf(process.env), runEvent());
      if (reason) note(`No comment: ${reason}.`);
      process.stdout.write(`found=${reason === undefined}\n`);
    });

  program
    .command("comment-of-run <file>")
    .description(
      "post the file, escaped so that it is harmless, as the comment on the pull request of the run in GITHUB_EVENT_PATH",
    )
    .action(async (file: string) => {
      note(await commentOfRun(repositoryOf(process.env), runEvent(), namedFile(file), stack));
    });

  program
    .command("drift-issue <file>")
    .description("open or update the stack's drift issue; close it if the verdict is none or rejected")
    .requiredOption("--verdict <word>", "verdict printed by preview-summary")
    .action(async (file: string, { verdict }: { verdict: string }) => {
      // A model that did not pass is known since the `up` that ended with it, and no difference between account and code.
      const text = ["none", "rejected"].includes(verdict) ? undefined : textOf(file);
      const { done, url } = await driftIssue(repositoryOf(process.env), stack, text);
      note(`Drift issue: ${done}${url ? ` (${url})` : ""}`);
    });

  program
    .command("dispatch <workflow> [inputs...]")
    .description(
      "start a run of a workflow on this run's branch (GITHUB_REF_NAME), unless one is already waiting; inputs as name=value",
    )
    .action(async (workflow: string, inputs: string[]) => {
      const ref = process.env.GITHUB_REF_NAME ?? "main";
      const pairs = inputs.map((input) => [input.slice(0, input.indexOf("=")), input.slice(input.indexOf("=") + 1)]);
      const next = await dispatch(repositoryOf(process.env), {
        workflow,
        ref,
        inputs: Object.fromEntries(pairs) as Record<string, string>,
        runId: Number(process.env.GITHUB_RUN_ID),
      });
      note(
        next === undefined
          ? `Started ${workflow} on ${ref}.`
          : `Run ${next} of ${workflow} is already waiting, so no new run was started.`,
      );
    });

  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    throw explained(error);
  }
  return 0;
});

function runEvent(): WorkflowRunEvent {
  return JSON.parse(textOf(needed(process.env, "GITHUB_EVENT_PATH"))) as WorkflowRunEvent;
}

function numberOf(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new UserError(`--pull-request is "${text}"; expected a number.`);
  return Number(text);
}

/** GitHub's refusals come from the setup, not from a defect in this program. */
function explained(error: unknown): unknown {
  const { status, message } = error as { status?: number; message?: string };
  if (typeof status !== "number") return error;
  const permission =
    status === 403 || status === 404 ? " Check the job's `permissions` and the repository's settings." : "";
  return new UserError(`GitHub returned ${status}: ${message}.${permission}`);
}
