import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { providerInputs } from "../stack/azure-settings";
import { runCommand } from "../stack/command";
import { projectFolder } from "../stack/project";
import { exportStack, runScript, withTarget } from "../stack/target";
import type { CatalogPlan } from "./catalog/plan";
import { PRICE_FEED } from "./catalog/price-feed";

interface Options {
  stack?: string;
  check?: boolean;
  write?: boolean;
  region?: string[];
  lists?: string;
  prices: string;
}

/** `npm run catalog`: compares the shipped catalog with Azure's own lists and prices. */
runCommand(async (args) => {
  const program = new Command("npm run catalog --")
    .exitOverride()
    .description(
      "Compares the catalog's files with Resource Manager's lists of models and with Azure's retail price feed.",
    )
    .option(
      "-s, --stack <name>",
      "stack whose sign-in and subscription to use (default: from the environment, such as ARM_SUBSCRIPTION_ID)",
    )
    .option(
      "--check",
      "print the differences; exit code 1 if there are any, or if something could not be read (default)",
    )
    .option("--write", "write the differences to the files, with the date and source")
    .option(
      "--region <name...>",
      "regions to read the model lists for (default: the catalog's regions for regional training)",
    )
    .option(
      "--lists <file>",
      'use the saved model lists in this JSON file instead of querying Azure: {"models": {"eastus2": [...]}}',
    )
    .option("--prices <url>", "price feed", address, PRICE_FEED);
  const options = program.parse(args, { from: "user" }).opts<Options>();
  if (options.check && options.write) program.error("error: --check and --write can't be combined.");
  const plan: CatalogPlan = {
    write: options.write === true,
    regions: options.region,
    lists: options.lists === undefined ? undefined : path.resolve(options.lists),
    feed: options.prices,
    provider: {},
  };
  const { stack } = options;
  if (stack === undefined || plan.lists !== undefined) return run(plan, process.env);
  return withTarget({ stack }, async (target) =>
    run({ ...plan, provider: providerInputs(await exportStack(target)) }, target.env),
  );
});

function run(plan: CatalogPlan, env: NodeJS.ProcessEnv): Promise<number> {
  return runScript(path.join(projectFolder, "commands/catalog/run.ts"), [JSON.stringify(plan)], env);
}

function address(text: string): string {
  if (!URL.canParse(text) || new URL(text).protocol !== "https:")
    throw new InvalidArgumentError("Expected an address that starts with https://.");
  return text;
}
