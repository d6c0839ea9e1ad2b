import { readFileSync } from "node:fs";
import {
  azureJobs,
  azureNames,
  azurePipeline,
  azureTemplate,
  scriptOf,
  type AzureStep,
} from "../pipelines/pipeline-files";
import type { StepResult } from "./runner";
import type { Shell } from "./shell";

/**
 * Runs the scripts of pipelines/azure-devops as an agent does: bash without `-e`, with the variables of the pipeline in capitals, and what the step maps; and
 * reads the logging commands in its output. Tasks that install something are not run.
 */
export class AzurePipelinesRunner {
  /** Steps that were run: `<file> <job>: <step>`. */
  readonly ran = new Set<string>();

  /** @param own - what the agent and AzureCLI@2 give a step, over the rehearsal's credentials; an undefined value takes one away. */
  constructor(
    private readonly shell: Shell,
    private readonly own: NodeJS.ProcessEnv,
  ) {}

  /**
   * Runs a step by its display name.
   *
   * @param given - values of `$(...)` and `${{ ... }}` that the step maps, by what is inside.
   */
  async step(file: string, job: string, name: string, given: Record<string, string> = {}): Promise<StepResult> {
    const steps = azureJobs(file).find((entry) => entry.job === job)?.steps ?? [];
    const step = steps.find(({ displayName }) => displayName === name);
    if (!step || !scriptOf(step)) throw new Error(`${file} has no step "${name}" with a script in job ${job}`);
    this.ran.add(named(file, job, step));
    const { SYSTEM_ACCESSTOKEN: token, ...own } = this.own;
    const known: Record<string, string> = { "System.AccessToken": token ?? "", PULUMI_STACK: "local", ...given };
    const mapped = Object.fromEntries(
      Object.entries({ ...variablesOf(file), ...step.env }).map(([key, value]) => [key, replaced(value, known)]),
    );
    // What the step maps wins over the variables of the job.
    const ofStep = step.env?.SYSTEM_ACCESSTOKEN ? { SYSTEM_ACCESSTOKEN: mapped.SYSTEM_ACCESSTOKEN } : {};
    const ended = await this.shell.run(["--noprofile", "--norc", "-c", scriptOf(step)!], mapped, { ...own, ...ofStep });
    const commands = [...ended.output.matchAll(/^##vso\[([\w.]+)(?: ([^\]]*))?\](.*)$/gm)];
    const outputs = commands
      .filter(([, command]) => command === "task.setvariable")
      .map(([, , properties, value]) => [/variable=(\w+);isOutput=true/.exec(properties!)![1], value!] as const);
    const uploaded = commands.filter(([, command]) => command === "task.uploadsummary").map(([, , , path]) => path!);
    const summary = uploaded.map((path) => readFileSync(path, "utf8")).join("");
    return { ...ended, outputs: Object.fromEntries(outputs) as Record<string, string>, summary };
  }
}

function variablesOf(file: string): Record<string, string> {
  const variables = azurePipeline(file).variables.flatMap((entry) =>
    "template" in entry ? (azureTemplate(entry.template).variables ?? []) : [entry],
  );
  return Object.fromEntries(variables.flatMap((entry) => ("name" in entry ? [[entry.name, entry.value]] : [])));
}

/** A macro without a value stays as it is, as the agent leaves it. */
function replaced(text: string, known: Record<string, string>): string {
  return text.replaceAll(/\$\(([\w.]+)\)|\$\{\{ ([\w.]+) \}\}/g, (macro, name: string, expression: string) => {
    return known[name ?? expression] ?? macro;
  });
}

const named = (file: string, job: string, { displayName = "" }: AzureStep) => `${file} ${job}: ${displayName}`;

/** Every step with a script that there is, as `ran` names them. */
export function everyAzureStep(): string[] {
  return azureNames.flatMap((file) =>
    azureJobs(file).flatMap(({ job, steps }) => steps.filter(scriptOf).map((step) => named(file, job, step))),
  );
}
