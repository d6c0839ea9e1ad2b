import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
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
  private readonly bin: string;

  /**
   * @param folder - the checkout.
   * @param env - environment of every step, over that of the workflow: the rehearsal's credentials in place of OIDC.
   */
  constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.bin = path.join(folder, ".runner");
    mkdirSync(this.bin);
    // `npm ci` would replace the packages that all checkouts share; the dry run still compares package.json and its lock file.
    const npm = `#!/bin/sh\ncase "$1" in ci) exec "$NPM" ci --dry-run --offline --no-audit --no-fund;; *) exec "$NPM" "$@";; esac\n`;
    writeFileSync(path.join(this.bin, "npm"), npm);
    chmodSync(path.join(this.bin, "npm"), 0o755);
  }

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

  private run(step: WorkflowStep, env: NodeJS.ProcessEnv): Promise<StepResult> {
    const file = (name: string) => path.join(this.bin, name);
    const files = { GITHUB_OUTPUT: file("output"), GITHUB_STEP_SUMMARY: file("summary") };
    for (const name of Object.values(files)) rmSync(name, { force: true });
    const all = { ...env, ...this.env, ...files };
    const searchPath = [this.bin, this.env.PATH].join(path.delimiter);
    const child = spawn("bash", ["-e", "-c", step.run!], {
      cwd: this.folder,
      env: { ...all, PATH: searchPath, NPM: path.join(path.dirname(process.execPath), "npm") },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    return new Promise((resolve) => {
      child.on("close", (code) => {
        const text = (name: string) => (existsSync(name) ? readFileSync(name, "utf8") : "");
        const pairs = text(files.GITHUB_OUTPUT).split("\n").filter(Boolean);
        const outputs = Object.fromEntries(pairs.map((line) => line.split("=", 2))) as Record<string, string>;
        resolve({ code: code ?? 1, output, outputs, summary: text(files.GITHUB_STEP_SUMMARY) });
      });
    });
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
