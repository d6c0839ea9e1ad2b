import { readFileSync } from "node:fs";
import { Command } from "commander";
import { runCommand, UserError } from "../command";
import { namedFile } from "../named-file";
import { readPreview } from "./read-preview";
import { summarize } from "./summary";

/** `npm run -s preview-summary -- preview.json`: what `pulumi preview --json` says, as Markdown for a pull request. */
runCommand((args) => {
  const command = new Command("preview-summary")
    .description("Turns the output of `pulumi preview --json --show-sames` into Markdown on stdout.")
    .argument(
      "<file>",
      "file with the output; - reads stdin. Text of an error, after the JSON or alone, is understood too",
    )
    .option(
      "--verdict",
      "print the verdict alone: blocked, trains, retrains, waits, redeploys, changes, none or destroys",
    )
    .option(
      "--today <date>",
      "day that dates of retirement are compared with, YYYY-MM-DD",
      new Date().toISOString().slice(0, 10),
    )
    .parse(args, { from: "user" });
  const { verdict, today } = command.opts<{ verdict?: boolean; today: string }>();
  const date = new Date(`${today}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) throw new UserError(`--today is "${today}"; it must be a date such as 2026-11-23.`);
  const summary = summarize(readPreview(contentOf(namedFile(command.args[0]!))), date);
  process.stdout.write(verdict ? `${summary.verdict}\n` : summary.markdown);
  return Promise.resolve(0);
});

function contentOf(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new UserError(`the preview can't be read: ${(error as Error).message}`);
  }
}
