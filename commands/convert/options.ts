import { Command, Option } from "commander";
import type { Method } from "../../catalog";

/** What the command line asks for. */
export interface ConvertOptions {
  out: string;
  /** Default: `dpo` for rows with two answers, otherwise `supervised`. */
  method?: Method;
  drop: string[];
  /** Columns or keys with the question, the answer and the instructions; the first two come together. */
  prompt?: string;
  answer?: string;
  system?: string;
}

const methods: readonly Method[] = ["supervised", "dpo", "reinforcement"];

/** The command line of `npm run -s convert`. */
export function convertProgram(): Command {
  const drop =
    "key to drop, with its content, because the new format doesn't support it; repeat the option to drop more keys";
  return new Command("convert")
    .description("Converts a file in another tool's or vendor's format to a fine-tuning dataset (JSONL).")
    .argument("<file>", "file to read: JSON, JSONL, CSV or TSV in UTF-8")
    .requiredOption("--out <file>", "file to write; must not exist yet")
    .addOption(
      new Option(
        "--method <method>",
        "format of the new rows (default: dpo for rows with two answers, else supervised)",
      ).choices(methods),
    )
    .option("--drop <key>", drop, (key: string, before: string[]) => [...before, key], [])
    .option("--prompt <column>", "column (or key of JSON rows) with the question, if its name is not recognized")
    .option("--answer <column>", "column with the answer; used with --prompt")
    .option("--system <column>", "column with instructions for the model; used with --prompt and --answer")
    .addHelpText(
      "after",
      "\nRows that can't be converted without losing content are reported with their line number and the reason, and left out of the new file.\n" +
        "Exit codes: 0 all rows converted; 1 rows left out or nothing to convert; 2 invalid command line, or the --out file already exists.",
    );
}
