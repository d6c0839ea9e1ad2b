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
  evaluation?: string;
  html?: string;
  texts: boolean;
  json?: boolean;
}

/** `npm run report`: what the training of a stack's model did and how it was evaluated, in the terminal, as a one-file page, or its lineage as JSON. */
runCommand(async (args) => {
  const program = withStackOptions(new Command("npm run report --"))
    .exitOverride()
    .description(
      "Reports on the training of a stack's model: progress, curves, evaluation, checkpoints, cost, lineage.",
    )
    .option(...modelOption)
    .option(
      "-e, --evaluation <file>",
      "results written by `npm run evaluate -- --out FILE`: reported on their own or, with --stack, as part of that stack's report; default: the newest results for the stack's model on this machine",
    )
    .option("--html <file>", "write the report as a page: one self-contained file")
    .option("--no-texts", "omit the text of cases and answers from the page, keeping only scores")
    .option(
      "--json",
      "print JSON: the model's lineage (its data, settings and job) or, with --evaluation alone, the evaluation's metrics",
    )
    .parse(args, { from: "user" });
  const { model, evaluation, html, texts, json = false, ...named } = program.opts<Options>();
  const fileOf = (file: string | undefined) => (file === undefined ? undefined : path.resolve(namedFile(file)));
  const run: ReportRun = { model, evaluation: fileOf(evaluation), html: fileOf(html), texts, json };
  const script = path.join(projectFolder, "report", "main.ts");
  const ofStack = model !== undefined || named.stack !== undefined || named.cwd !== undefined;
  if (evaluation !== undefined && !ofStack) return runScript(script, [JSON.stringify(run)], process.env);
  return withTarget(named, async ({ stack, folder, env }) =>
    runScript(script, [JSON.stringify({ ...run, place: { stack, folder } } satisfies ReportRun)], env, { folder }),
  );
});
