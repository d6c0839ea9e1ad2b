import { Command, InvalidArgumentError, Option } from "commander";
import { type Method, trainingTypeOf, trainingTypes } from "../../catalog";
import { resolveSeverities, type Severity } from "../../datasets";
import { namedFile } from "../../stack/named-file";

/** What the command line asks for. */
export interface ValidateOptions {
  model: string;
  method: Method;
  validation?: string;
  role: "training" | "validation";
  rule: Record<string, Severity>;
  grader?: string;
  json: boolean;
  /** Whether warnings count as errors for the exit code. */
  strict: boolean;
  html?: string;
  example: boolean;
  cache: boolean;
  threads?: number;
  epochs: number | "auto";
  trainingType: string;
  location: string;
  sku: string;
  catalog?: string;
}

/** As the stack's setting `hyperparameters.nEpochs`. */
const MAX_EPOCHS = 50;
const MAX_THREADS = 64;

/** The command line of `npm run -s validate`; defaults are those of the stack's settings. */
export function validateProgram(): Command {
  return new Command("validate")
    .description("Checks fine-tuning datasets (JSONL), counts their tokens and prices the training.")
    .argument("<file>", "training file or, with --role validation, a validation file on its own", named)
    .option("--validation <file>", "validation file, compared with the training file", named)
    .addOption(
      new Option("--role <role>", "what <file> is for").choices(["training", "validation"]).default("training"),
    )
    .option("--model <name>", "base model or fine-tuned model", "gpt-4o-mini-2024-07-18")
    .addOption(
      new Option("--method <method>", "fine-tuning method")
        .choices(["supervised", "dpo", "reinforcement"])
        .default("supervised"),
    )
    .option("--rule <code=severity>", "severity of a rule: error, warning or off; repeatable", addRule, {})
    .option(
      "--grader <file>",
      "reinforcement: JSON file with the grader, or with the grader and responseFormat settings",
      named,
    )
    .option("--json", "print one JSON document on stdout", false)
    .option("--strict", "exit with code 1 for warnings too", false)
    .option("--html <file>", "also write an HTML report with distributions and findings", named)
    .option("--no-example", "do not show the first example")
    .option("--no-cache", "neither use nor store cached results")
    .option(
      "--threads <n>",
      "worker threads; 0 for none (default: based on file size and processors)",
      wholeNumber(0, MAX_THREADS),
    )
    .option("--epochs <n>", "epochs, or auto to let the service choose", epochs, "auto")
    .option("--training-type <type>", "Standard, DataZone, GlobalStandard or Developer", trainingType, "Standard")
    .option("--location <region>", "Azure region of the account", "northcentralus")
    .option("--sku <sku>", "deployment SKU, for the hosting price", "Standard")
    .option("--catalog <file>", "JSON file whose entries override the built-in catalog", named)
    .addHelpText(
      "after",
      "\nExit code: 0 if there are no errors (with --strict: no errors or warnings), 1 otherwise, 2 for an invalid command line.\n" +
        "Secrets and personal data are warnings; use --rule secret=error to treat secrets as errors.",
    );
}

/** Commander hands over the value so far as well. */
function named(file: string): string {
  return namedFile(file);
}

function addRule(value: string, rules: Record<string, Severity>): Record<string, Severity> {
  const [code = "", severity = ""] = value.split("=");
  const added = { ...rules, [code]: severity as Severity };
  try {
    resolveSeverities(added);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
  return added;
}

function epochs(value: string): number | "auto" {
  return value === "auto" ? value : wholeNumber(1, MAX_EPOCHS)(value);
}

function trainingType(value: string): string {
  if (trainingTypeOf(value)) return value;
  throw new InvalidArgumentError(`Expected ${trainingTypes.join(", ")}.`);
}

function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    if (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}
