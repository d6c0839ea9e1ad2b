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
      "Makes settings of a stack from a fine-tuning job of OpenAI's own platform, and says what differs on Azure.",
    )
    .requiredOption("--from <file>", "the job as JSON: the answer of GET /v1/fine_tuning/jobs/{id}", named)
    .option(
      "--training <file>",
      "its training file (default: one named after the file's id, beside the job's JSON)",
      named,
    )
    .option("--validation <file>", "its validation file (default: likewise)", named)
    .option("--model <name>", "model to tune on Azure, where the job's own is not offered there")
    .option("--location <region>", "Azure region of the account", "northcentralus")
    .option(
      "--out <file>",
      "file to write, such as Pulumi.dev.yaml; must not exist yet (default: standard output)",
      named,
    )
    .addHelpText(
      "after",
      "\nNothing is sent anywhere, and nothing is charged: `npm run preview` shows what the settings come to.\n" +
        "Exit code: 0 the settings can be used as they are, 1 something is left to do or nothing was written, 2 invalid command line or an existing --out.",
    );
}
