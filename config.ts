import * as pulumi from "@pulumi/pulumi";
import { encryptionProblems } from "./config/encrypted-settings";
import { catalogConflicts, conflicts, deploymentConflicts, nameConflicts } from "./config/rules";
import { sentences } from "./config/sentences";
import { settings, type Settings, withDerivedDefaults } from "./config/settings";
import { unrehearsable } from "./config/unrehearsable";

export { baseModelDeployment } from "./config/base-model";
export { defaultAccountName, defaultDeploymentName, subdomainOf } from "./config/default-names";

/** The stack's settings as plain data, with the names that tell this stack from others. */
export interface StackConfig extends Settings {
  project: string;
  stack: string;
}

/**
 * Reads and checks the stack's configuration.
 *
 * @throws pulumi.RunError with one sentence per wrong setting, which ends the preview without a stack trace.
 */
export function readConfig(): StackConfig {
  const project = pulumi.getProject();
  const stack = pulumi.getStack();
  const encrypted = encryptionProblems(project, process.env);
  if (encrypted.length > 0) throw refusal(encrypted, stack, process.env["FINETUNE_PULUMI_COMMAND"]);
  const command = process.env["FINETUNE_PULUMI_COMMAND"];
  const parsed = parseSettings(settingsOf(project, pulumi.runtime.allConfig()), stack, command);
  const problems = unrehearsable(parsed, command);
  if (problems.length > 0) throw refusal(problems, stack, command);
  return { ...parsed, project, stack };
}

/**
 * Checks settings and fills in their defaults.
 *
 * @param raw - settings by name, each as text or JSON text, as Pulumi hands them to a program.
 * @param stack - name of the stack, for the advice in messages.
 * @param pulumiCommand - how the reader runs pulumi, e.g. `npm run local --`.
 */
export function parseSettings(raw: Record<string, string>, stack: string, pulumiCommand = "pulumi"): Settings {
  const given = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, decoded(name, value)]));
  const result = settings.safeParse(given);
  const parsed = result.success ? withDerivedDefaults(result.data) : undefined;
  const problems = parsed ? conflicts(parsed) : sentences(result.error!, given, pulumiCommand);
  if (parsed && problems.length === 0) return parsed;
  throw refusal(problems, stack, pulumiCommand);
}

/**
 * The settings in the account as it is or will be, whose region and kind decide what can be trained and deployed.
 *
 * @throws pulumi.RunError as `readConfig` does
 */
export function inAccount(config: StackConfig, account: { location: string; kind: string }): StackConfig {
  const settled = { ...config, location: account.location };
  // What another stack has trained only needs to be deployed here, of which its version tells (withPromoted).
  const problems = config.promote.stack === undefined ? catalogConflicts(settled, account.kind) : [];
  if (problems.length === 0) return settled;
  throw refusal(problems, config.stack, process.env["FINETUNE_PULUMI_COMMAND"]);
}

/**
 * The settings with the base model of a version that another stack has trained, which decides how it can be deployed.
 *
 * @throws pulumi.RunError as `readConfig` does
 */
export function withPromoted(config: StackConfig, base: string): StackConfig {
  const settled = { ...config, model: base };
  const problems = [...nameConflicts(settled), ...deploymentConflicts(settled)];
  if (problems.length === 0) return settled;
  throw refusal(problems, config.stack, process.env["FINETUNE_PULUMI_COMMAND"]);
}

function refusal(problems: string[], stack: string, pulumiCommand = "pulumi"): pulumi.RunError {
  return new pulumi.RunError(
    `${problems.join("\n")}\nChange it in Pulumi.${stack}.yaml, or with: ${pulumiCommand} config set --path <setting> <value>`,
  );
}

/** The project's own settings, without its name in front. */
function settingsOf(project: string, all: Record<string, string>): Record<string, string> {
  const own = Object.entries(all).filter(([key]) => key.startsWith(`${project}:`));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(project.length + 1), value]));
}

/** Settings of Pulumi.yaml's type `string`; the others come as JSON. */
const textSettings = new Set([
  "resourceGroupName",
  "location",
  "model",
  "method",
  "trainingType",
  "suffix",
  "existingJobId",
  "catalogFile",
  "transform",
]);

function decoded(name: string, value: string): unknown {
  if (textSettings.has(name)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
