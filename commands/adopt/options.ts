import { Command } from "commander";
import { namedFile } from "../../stack/named-file";

/** What the command line asks for. */
export interface AdoptOptions {
  from: string;
  training?: string;
  validation?: string;
  /** Default: Azure's name of the job's base model. */
  model?: string;
  location: string;
  /** Default: standard output. */
  out?: string;
}

/** The command line of `npm run -s adopt`. */
export function adoptProgram(): Command {
  const named = (file: string) => namedFile(file);
  return new Command("adopt")
    .description(
      "Creates a stack's settings from a fine-tuning job on OpenAI's own platform, and lists what differs on Azure.",
    )
    .requiredOption("--from <file>", "the job as JSON: the response from GET /v1/fine_tuning/jobs/{id}", named)
    .option(
      "--training <file>",
      "the job's training file (default: a file named after the file's ID, next to the job's JSON)",
      named,
    )
    .option("--validation <file>", "the job's validation file (default: found the same way)", named)
    .option("--model <name>", "model to fine-tune on Azure, if the job's own model isn't offered there")
    .option("--location <region>", "Azure region of the account", "northcentralus")
    .option(
      "--out <file>",
      "file to write, such as Pulumi.dev.yaml; must not exist yet (default: standard output)",
      named,
    )
    .addHelpText(
      "after",
      "\nNothing is sent anywhere, and nothing is charged: `npm run preview` shows what the settings would do and cost.\n" +
        "Exit codes: 0 the settings can be used as they are; 1 something is left to do or nothing was written; 2 invalid command line, or the --out file already exists.",
    );
}
