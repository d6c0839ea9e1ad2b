import { readFileSync } from "node:fs";
import { Command } from "commander";
import { note, runCommand, UserError } from "../stack/command";
import { namedFile } from "../stack/named-file";
import { type Decision, decisionOf, differences, readDecision } from "./preview-summary/decision";
import { problemsOf } from "./preview-summary/problems";
import { type Preview, readPreview } from "./preview-summary/read-preview";
import { withoutSecrets } from "./preview-summary/secrets";
import { summarize } from "./preview-summary/summary";

/** `npm run -s preview-summary -- preview.json`: the output of `pulumi preview --json` as Markdown for a pull request. */
runCommand((args) => {
  const command = new Command("preview-summary")
    .exitOverride()
    .description("Turns the output of `pulumi preview --json --show-sames` into Markdown on stdout.")
    .argument(
      "<file>",
      "file with the output, or - for stdin; error text after the JSON, or instead of it, is accepted too",
    )
    .option(
      "--verdict",
      "print only the verdict: blocked, trains, retrains, waits, redeploys, changes, rejected, none or destroys",
    )
    .option("--json", "print the plan to approve as one line of JSON: verdict, prices and a hash of the changes")
    .option(
      "--approved <json>",
      "compare with a line printed by --json; if the plan has changed, print the differences and exit with code 1",
    )
    .option("--exit-code", "exit with code 1 if `up` is known to end with an error; the output is the same")
    .option(
      "--today <date>",
      "date to compare retirement dates with, YYYY-MM-DD",
      new Date().toISOString().slice(0, 10),
    )
    .parse(args, { from: "user" });
  const { verdict, today, json, approved, exitCode } = command.opts<Options>();
  const date = new Date(`${today}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) throw new UserError(`--today is "${today}"; expected a date such as 2026-11-23.`);
  const preview = readPreview(contentOf(namedFile(command.args[0]!)));
  if (approved !== undefined) return Promise.resolve(compare(approved, decisionOf(preview), preview, date));
  const summary = summarize(preview, date);
  const decision = () => `${JSON.stringify(decisionOf(preview))}\n`;
  process.stdout.write(json ? decision() : verdict ? `${summary.verdict}\n` : summary.markdown);
  return Promise.resolve(exitCode && summary.fails ? 1 : 0);
});

interface Options {
  verdict?: boolean;
  json?: boolean;
  exitCode?: boolean;
  approved?: string;
  today: string;
}

function compare(approved: string, now: Decision, { errors }: Preview, today: Date): number {
  const found = differences(readDecision(approved), now);
  if (found.length > 0) {
    const reasons = problemsOf(errors, today).map((problem) => withoutSecrets(problem));
    const list = [...found, ...reasons].map((line) => `\n  - ${line}`).join("");
    throw new UserError(
      `This plan differs from the approved one:${list}\nNothing was changed. Run the workflow again, and approve the plan of that run.`,
    );
  }
  note(`This plan matches the approved one: ${now.verdict}.`);
  return 0;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new UserError(`the preview can't be read: ${(error as Error).message}`);
  }
}
