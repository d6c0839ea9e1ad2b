import path from "node:path";
import { Command } from "commander";
import type { ReportRun } from "../report/main";
import { runCommand } from "../stack/command";
import { namedFile } from "../stack/named-file";
import { projectFolder } from "../stack/project";
import { runScript, withTarget } from "../stack/target";

interface Options {
  stack?: string;
  model?: string;
  html?: string;
  json?: boolean;
}

/** `npm run report`: what the training of a stack's model did, in the terminal, as a one-file page, or its lineage as JSON. */
runCommand(async (args) => {
  const program = new Command("npm run report --")
    .exitOverride()
    .description("Reports on the training of a stack's model: progress, curves, checkpoints, cost, lineage.")
    .option("-s, --stack <name>", "stack; default: the selected one, else the rehearsal's")
    .option("-m, --model <name>", "of several models, this one: name of its component, or of a deployment")
    .option("--html <file>", "write the report as a page in one file that loads nothing from elsewhere")
    .option("--json", "print the lineage card as JSON: what the model was made from, and how")
    .parse(args, { from: "user" });
  const { stack, model, html, json = false } = program.opts<Options>();
  return withTarget(stack, async (target) => {
    const run: ReportRun = { stack: target.stack, model, html: html && path.resolve(namedFile(html)), json };
    return runScript(path.join(projectFolder, "report", "main.ts"), [JSON.stringify(run)], target.env);
  });
});
