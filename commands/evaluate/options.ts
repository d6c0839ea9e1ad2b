import { Command, InvalidArgumentError } from "commander";
import { DEFAULT_CONCURRENCY } from "../../evaluation/running/askers";
import { DEFAULT_MAX_TOKENS } from "../../evaluation/running/question";
import type { NameOf } from "../../evaluation/statistics/rule";
import { modelOption, type StackOptions, withStackOptions } from "../../stack/stack-options";
import { namedFile } from "../../stack/named-file";
import { addressOf, type DeploymentAddress } from "./address";

/** What the command line asks for. */
export interface EvaluateOptions extends StackOptions {
  model?: string;
  deployment: DeploymentAddress[];
  cases?: string;
  training?: string;
  grader?: string;
  judge: Record<string, DeploymentAddress>;
  minScore?: number;
  minGain?: number;
  maxRegressions?: number;
  confident: boolean;
  maxUsd?: number;
  maxTokens: number;
  concurrency: number;
  json: boolean;
  out?: string;
}

const OPTIONS: Record<Parameters<NameOf>[0], string> = {
  minScore: "--min-score",
  minGain: "--min-gain",
  maxRegressions: "--max-regressions",
  against: "a second --deployment",
};

/** What conditions are called on the command line, for messages. */
export const optionOf: NameOf = (what) => OPTIONS[what];

export function evaluateProgram(): Command {
  const file = (name: string) => namedFile(name);
  return withStackOptions(new Command("npm run evaluate --"))
    .exitOverride()
    .description(
      "Runs the same cases on one or more deployments, grades the answers and compares the models. An interrupted run continues where it stopped.",
    )
    .option(...modelOption)
    .option(
      "-d, --deployment <deployment>",
      "deployment name in the stack's account, https://<account>.openai.azure.com/<name>, or an ARM ID; repeat the option to compare deployments (candidate first); default: the stack's deployment",
      (text: string, before: DeploymentAddress[]) => [...before, addressOf(text)],
      [],
    )
    .option(
      "--cases <file>",
      "JSONL file of chat rows; the last answer of each is the reference; default: the stack's validation file",
      file,
    )
    .option(
      "--training <file>",
      "training file that must not overlap with the cases; default: the stack's training file",
      file,
    )
    .option(
      "--grader <file>",
      "JSON file with the grader, in the service's format; default: similarity to the reference (fuzzy_match)",
      file,
    )
    .option(
      "--judge <[model=]deployment>",
      "deployment of a model that the grader calls; default: the stack's deployment with that name",
      judge,
      {},
    )
    .option("--min-score <number>", "minimum mean score required to pass", number())
    .option("--min-gain <number>", "minimum mean gain required to pass, over each of the other deployments", number())
    .option("--max-regressions <share>", "maximum share of clearly worse cases allowed, 0 to 1", number(0, 1))
    .option("--confident", "apply these rules to the less favorable end of the 95% confidence interval", false)
    .option("--max-usd <amount>", "stop before the run's cost exceeds this amount, in USD", number(0))
    .option("--max-tokens <n>", "maximum number of tokens per answer", number(1, 100_000, true), DEFAULT_MAX_TOKENS)
    .option(
      "--concurrency <n>",
      "maximum number of concurrent requests per deployment",
      number(1, 512, true),
      DEFAULT_CONCURRENCY,
    )
    .option("--json", "print the figures as JSON", false)
    .option("--out <file>", "write the full results, including all text, to this file", file)
    .addHelpText(
      "after",
      "\nExit code: 0 if the candidate passes (always, if no rules are set), 1 if it fails or an error occurs.",
    );
}

function judge(text: string, before: Record<string, DeploymentAddress>): Record<string, DeploymentAddress> {
  const [, model = "", deployment] = /^(?:([\w.-]+)=)?(.+)$/.exec(text) ?? [];
  if (!deployment) throw new InvalidArgumentError("Expected a deployment, or <model>=<deployment>.");
  return { ...before, [model]: addressOf(deployment) };
}

function number(least = -Infinity, most = Infinity, whole = false): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    const range = Number.isFinite(most)
      ? ` from ${least} to ${most}`
      : Number.isFinite(least)
        ? ` of at least ${least}`
        : "";
    throw new InvalidArgumentError(`Expected a ${whole ? "whole " : ""}number${range}.`);
  };
}
