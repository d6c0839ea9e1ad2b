import path from "node:path";
import { Command } from "commander";
import type { ReportRun } from "../report/main";
import { runCommand } from "../stack/command";
import { namedFile } from "../stack/named-file";
import { projectFolder } from "../stack/project";
import { modelOption, type StackOptions, withStackOptions } from "../stack/stack-options";
import { runScript, withTarget } from "../stack/target";

interface Options extends StackOptions {
  model?: string;
  html?: string;
  json?: boolean;
}

/** `npm run report`: what the training of a stack's model did, in the terminal, as a one-file page, or its lineage as JSON. */
runCommand(async (args) => {
  const program = withStackOptions(new Command("npm run report --"))
    .exitOverride()
    .description("Reports on the training of a stack's model: progress, curves, checkpoints, cost, lineage.")
    .option(...modelOption)
    .option("--html <file>", "write the report as a page in one file that loads nothing from elsewhere")
    .option("--json", "print the lineage card as JSON: what the model was made from, and how")
    .parse(args, { from: "user" });
  const { model, html, json = false, ...named } = program.opts<Options>();
  return withTarget(named, async ({ stack, folder, env }) => {
    const run: ReportRun = { stack, folder, model, html: html && path.resolve(namedFile(html)), json };
    return runScript(path.join(projectFolder, "report", "main.ts"), [JSON.stringify(run)], env, { folder });
  });
});
