import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

export const projectFolder = path.resolve(__dirname, "../..");
const folder = path.join(projectFolder, ".github/workflows");

export interface WorkflowStep {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
  "continue-on-error"?: boolean;
}

export interface Job {
  if?: string;
  needs?: string | string[];
  outputs?: Record<string, string>;
  environment?: string;
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  env?: Record<string, string>;
  steps: WorkflowStep[];
}

export interface Workflow {
  name: string;
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  concurrency: { group: string; "cancel-in-progress": boolean | string };
  env?: Record<string, string>;
  jobs: Record<string, Job>;
}

export const workflowNames = readdirSync(folder).filter((name) => name.endsWith(".yml"));

export function sourceOf(name: string): string {
  return readFileSync(path.join(folder, name), "utf8");
}

export function workflow(name: string): Workflow {
  return parse(sourceOf(name)) as Workflow;
}

/** The composite action that several workflows begin with. */
export function setUp(): { runs: { steps: WorkflowStep[] } } {
  return parse(readFileSync(path.join(projectFolder, ".github/actions/set-up/action.yml"), "utf8")) as ReturnType<
    typeof setUp
  >;
}

/** Every step of every job, with where it stands. */
export function stepsOf(name: string): { job: string; step: WorkflowStep }[] {
  return Object.entries(workflow(name).jobs).flatMap(([job, { steps }]) => steps.map((step) => ({ job, step })));
}
