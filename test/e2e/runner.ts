import { type Shell, textIn } from "./shell";
import { setUp, stepsOf, workflow, type WorkflowStep } from "../workflows/workflow-files";

/** How a step ended, and what it left for others. */
export interface StepResult {
  code: number;
  output: string;
  /** What it wrote to GITHUB_OUTPUT. */
  outputs: Record<string, string>;
  /** What it added to the job's summary. */
  summary: string;
}

/**
 * Runs the `run:` steps of the workflows as GitHub's runner does: `bash -e` in the checkout, with the environment of workflow, job and
 * step, files for outputs and summary. The steps that `uses:` others' actions are not run: the caller has done what they do.
 */
export class Runner {
  /** Steps that were run: `<file> <job>: <step>`. */
  readonly ran = new Set<string>();

  constructor(private readonly shell: Shell) {}

  /**
   * Runs a step of a workflow.
   *
   * @param expressions - values of the `${{ }}` expressions in the environment of the step.
   */
  step(file: string, job: string, name: string, expressions: Record<string, string> = {}): Promise<StepResult> {
    const { env, jobs } = workflow(file);
    const found = stepsOf(file).find(({ job: other, step }) => other === job && step.name === name)?.step;
    if (!found?.run) throw new Error(`${file} has no run step "${name}" in job ${job}`);
    this.ran.add(`${file} ${job}: ${name}`);
    return this.run(found, resolved({ ...env, ...jobs[job]!.env, ...found.env }, expressions));
  }

  /** Runs a step of the composite action that the jobs begin with. */
  setUpStep(name: string): Promise<StepResult> {
    this.ran.add(`set-up: ${name}`);
    return this.run(
      setUp().runs.steps.find((step) => step.name === name)!,
      {},
    );
  }

  private async run(step: WorkflowStep, env: NodeJS.ProcessEnv): Promise<StepResult> {
    const { shell } = this;
    const files = { GITHUB_OUTPUT: shell.freshFile("output"), GITHUB_STEP_SUMMARY: shell.freshFile("summary") };
    const ended = await shell.run(["-e", "-c", step.run!], env, files);
    const pairs = textIn(files.GITHUB_OUTPUT).split("\n").filter(Boolean);
    const outputs = Object.fromEntries(pairs.map((line) => line.split("=", 2))) as Record<string, string>;
    return { ...ended, outputs, summary: textIn(files.GITHUB_STEP_SUMMARY) };
  }
}

/** Every run step that there is, as `Runner.ran` names them. */
export function everyRunStep(files: string[]): string[] {
  const named = (prefix: string, step: WorkflowStep) => (step.run ? [`${prefix}: ${step.name}`] : []);
  return [
    ...setUp().runs.steps.flatMap((step) => named("set-up", step)),
    ...files.flatMap((file) => stepsOf(file).flatMap(({ job, step }) => named(`${file} ${job}`, step))),
  ];
}

/** Expressions that the caller names get their values; the others (variables of the repository) are not set. */
function resolved(env: Record<string, string>, expressions: Record<string, string>): Record<string, string> {
  const valueOf = (text: string) =>
    text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => expressions[expression] ?? "");
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, valueOf(value)]));
}
