import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { parseDocument } from "yaml";
import { print, runCommand, UserError } from "../stack/command";
import { projectFolder, readProjectFile } from "../stack/project";
import { printInterruptionNotice } from "../stack/recovery/interruption-notice";
import { promotedStack } from "./submit/promoted-stack";
import { onlyWaitingIsLeft } from "./submit/submission";
import { readUpEvents } from "../stack/up-events";
import { type StackOptions, withStackOptions } from "../stack/stack-options";
import { upCommand, withTarget } from "../stack/target";

/** `npm run submit [-- --stack S]`: an `up` that ends as soon as the job is submitted, with 0 if all that is left is waiting. */
runCommand(async (args) => {
  const program = withStackOptions(new Command("npm run submit --"))
    .exitOverride()
    .description("Submits the fine-tuning job and exits; a later `up` waits for it and deploys the model.")
    .parse(args, { from: "user" });
  return withTarget(program.opts<StackOptions>(), async (target) => {
    const { stack, folder: project, settingsFile, pulumi, env } = target;
    if (project !== projectFolder) {
      throw new UserError(
        `the program in ${project} has no settings file that this command can change. In the program, set the model's \`training.wait\` to false, then run ${upCommand({ stack, folder: project })}`,
      );
    }
    const folder = mkdtempSync(path.join(tmpdir(), "submit-"));
    try {
      // Settings for this run only: the stack's own file keeps its setting for waiting.
      const settings = path.join(folder, `Pulumi.${stack.split("/").at(-1)!}.yaml`);
      const text = readFileSync(settingsFile, "utf8");
      const trainer = promotedStack(text, readProjectFile().name);
      if (trainer !== undefined) {
        throw new UserError(
          `stack ${stack} deploys a model that ${trainer} trained (promote.stack), so it submits no job of its own. To deploy the model, run: ${upCommand(target)}`,
        );
      }
      const document = parseDocument(text);
      document.setIn(["config", `${readProjectFile().name}:training`, "wait"], false);
      writeFileSync(settings, document.toString(), { mode: 0o600 });
      const events = path.join(folder, "events.jsonl");
      const run = await pulumi([
        "up",
        "--yes",
        "--skip-preview",
        "--suppress-outputs",
        "--config-file",
        settings,
        "--event-log",
        events,
      ]);
      if (run.code === 0) {
        print("\nNothing to submit: the job for these settings has finished, and its model is deployed.");
        return 0;
      }
      if (!onlyWaitingIsLeft(readUpEvents(events))) {
        await printInterruptionNotice({ stack, folder: project, pulumi, env });
        return run.code;
      }
      print("\nSubmitted. The job runs without this machine; the next `up` waits for it and deploys the model.");
      return 0;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
