import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { projectFolder } from "../workflows/workflow-files";

/** A step of Azure Pipelines that runs a script: `bash:`, or the task AzureCLI@2. */
export interface AzureStep {
  bash?: string;
  task?: string;
  template?: string;
  checkout?: string;
  persistCredentials?: boolean;
  displayName?: string;
  name?: string;
  condition?: string;
  inputs?: Record<string, string>;
  env?: Record<string, string>;
}

export interface AzureJob {
  job?: string;
  deployment?: string;
  environment?: string;
  condition?: string;
  timeoutInMinutes: number;
  steps?: AzureStep[];
  strategy?: { runOnce: { deploy: { steps: AzureStep[] } } };
  variables?: { name: string; value: string }[];
}

export interface AzurePipeline {
  trigger: unknown;
  pr: unknown;
  lockBehavior?: string;
  parameters?: { name: string }[];
  variables: ({ template: string } | { name: string; value: string })[];
  stages?: { stage: string; dependsOn?: string; condition?: string; jobs: AzureJob[] }[];
  jobs?: AzureJob[];
}

/** A job of GitLab, with what it extends. */
export interface GitlabJob {
  extends?: string | string[];
  stage?: string;
  environment?: { name: string };
  resource_group?: string;
  interruptible?: boolean;
  timeout?: string;
  needs?: string[];
  id_tokens?: Record<string, { aud: string }>;
  rules?: { if: string; when?: string }[];
  variables?: Record<string, string>;
  before_script?: string[];
  script?: string[];
  artifacts?: Record<string, unknown>;
}

const azureFolder = path.join(projectFolder, "pipelines/azure-devops");
export const azureNames = readdirSync(azureFolder).filter((name) => name.endsWith(".yml") && name !== "variables.yml");
export const gitlabFile = path.join(projectFolder, "pipelines/gitlab/finetune.yml");

export const azureSource = (name: string) => readFileSync(path.join(azureFolder, name), "utf8");
export const azurePipeline = (name: string) => parse(azureSource(name)) as AzurePipeline;

/** Steps of a template, and variables of one. */
export const azureTemplate = (name: string) =>
  parse(azureSource(name)) as {
    steps?: AzureStep[];
    variables?: ({ group: string } | { name: string; value: string })[];
  };

/** Every job of a pipeline with its steps, templates filled in. */
export function azureJobs(name: string): { job: string; entry: AzureJob; steps: AzureStep[] }[] {
  const { stages, jobs = [] } = azurePipeline(name);
  return [...jobs, ...(stages ?? []).flatMap((stage) => stage.jobs)].map((entry) => ({
    job: (entry.job ?? entry.deployment)!,
    entry,
    steps: (entry.steps ?? entry.strategy!.runOnce.deploy.steps).flatMap((step) =>
      step.template ? azureTemplate(step.template).steps! : [step],
    ),
  }));
}

/** The script of a step; undefined for one that runs none of ours. */
export const scriptOf = (step: AzureStep) => step.bash ?? step.inputs?.inlineScript;

/** Jobs of GitLab by name, those that only others extend left out, each with what it extends filled in. */
export function gitlabJobs(): Record<string, GitlabJob> {
  const all = parse(readFileSync(gitlabFile, "utf8")) as Record<string, GitlabJob>;
  const whole = (name: string): GitlabJob => {
    const job = all[name]!;
    const bases = [job.extends ?? []].flat().map(whole);
    const variables = Object.assign(
      {},
      ...bases.map((base) => base.variables),
      job.variables,
    ) as GitlabJob["variables"];
    return Object.assign({}, ...bases, job, { variables }) as GitlabJob;
  };
  const names = Object.keys(all).filter((name) => !name.startsWith("."));
  return Object.fromEntries(names.map((name) => [name, whole(name)]));
}
