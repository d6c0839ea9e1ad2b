import { readFileSync } from "node:fs";
import path from "node:path";
import type { GraderSpec } from "../graders/grader";
import { stackFacts } from "../report/stack-facts";
import { providerInputs } from "../stack/azure-settings";
import { runCommand, UserError } from "../stack/command";
import { whyNoneServes } from "../stack/none-serves";
import { servedNow } from "../stack/served-now";
import { exportStack, runScript, type Target, upCommand, withTarget } from "../stack/target";
import { modelToEvaluate } from "./evaluate/model-to-evaluate";
import { type EvaluateOptions, evaluateProgram } from "./evaluate/options";
import type { EvaluationPlan } from "./evaluate/plan";

/** `npm run evaluate`: asks any deployments the same cases and compares their models, without Pulumi's engine. */
runCommand(async (args) => {
  const options = absolutePaths(evaluateProgram().parse(args, { from: "user" }).opts<EvaluateOptions>());
  const grader = options.grader === undefined ? undefined : readSpec(options.grader);
  // The process that asks ends by itself after the answers that are under way, which are paid.
  process.on("SIGINT", () => undefined);
  if (!needsStack(options)) return ask({ provider: {}, ...given(options, grader), cases: options.cases! }, process.env);
  return withTarget(options, async (target) => ask(await planOf(target, options, grader), target.env, target.folder));
});

/** Thousands of answers leave much garbage. Collected sooner, the process stays a third smaller, for about a third more processor time. */
const NODE_FLAGS = ["--optimize-for-size"];

/** The answers of a stack of another project are asked for in its folder; named files are where the person is. */
function absolutePaths(options: EvaluateOptions): EvaluateOptions {
  if (options.cwd === undefined) return options;
  const absolute = (file: string | undefined) => file && path.resolve(file);
  const { cases, training, out } = options;
  return { ...options, cases: absolute(cases), training: absolute(training), out: absolute(out) };
}

/** Every deployment has an address of its own, and the cases a file. */
function needsStack({ stack, cwd, deployment, cases, judge }: EvaluateOptions): boolean {
  const own = [...deployment, ...Object.values(judge)].every(({ kind }) => kind !== "name");
  return (stack ?? cwd) !== undefined || deployment.length === 0 || cases === undefined || !own;
}

function given(options: EvaluateOptions, grader: GraderSpec | undefined): Omit<EvaluationPlan, "provider" | "cases"> {
  const { deployment, judge, training, minScore, minGain, maxRegressions, confident, ...rest } = options;
  const { maxUsd, maxTokens, concurrency, json, out } = rest;
  const rule = { minScore, minGain, maxRegressions, confident };
  return {
    deployments: deployment,
    judges: judge,
    trainingFile: training,
    grader,
    rule,
    maxUsd,
    maxTokens,
    concurrency,
    json,
    out,
  };
}

async function planOf(
  target: Target,
  options: EvaluateOptions,
  grader: GraderSpec | undefined,
): Promise<EvaluationPlan> {
  const { stack } = target;
  const state = modelToEvaluate(await exportStack(target), stack, options);
  const facts = stackFacts(state);
  if (!facts) throw new UserError(`stack ${stack} has no account. Create it first: ${upCommand(target)}`);
  const plan = given(options, grader);
  const own = servedNow(facts)?.deploymentName;
  if (plan.deployments.length === 0 && own === undefined)
    throw new UserError(whyNoneServes(state, target, ", or specify a deployment with --deployment"));
  const fileOf = (role: string) => facts.datasets.find((dataset) => dataset.role === role)?.path;
  const cases = options.cases ?? fileOf("validation");
  if (cases === undefined)
    throw new UserError(`stack ${stack} has no validation file. Specify the cases with --cases FILE.`);
  return {
    ...plan,
    provider: providerInputs(state),
    accountId: facts.accountId,
    deployments: plan.deployments.length > 0 ? plan.deployments : [{ kind: "name", deployment: own! }],
    cases,
    trainingFile: plan.trainingFile ?? fileOf("training"),
    catalogFile: facts.estimate?.catalogFile,
  };
}

function ask(plan: EvaluationPlan, env: NodeJS.ProcessEnv, folder?: string): Promise<number> {
  const script = path.join(__dirname, "evaluate", "run.ts");
  return runScript(script, [JSON.stringify(plan)], env, { folder, flags: NODE_FLAGS });
}

/** A grader alone, or in a file that has it under `grader`, as the setting does. */
function readSpec(file: string): GraderSpec {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`The grader ${file} cannot be read${code ? ` (${code})` : ": it is not JSON"}.`);
  }
  const spec = (read as { grader?: unknown } | null)?.grader ?? read;
  if (typeof spec === "object" && spec !== null && !Array.isArray(spec)) return spec as GraderSpec;
  throw new UserError(`The grader ${file} is not an object; expected one like {"type": "string_check", ...}.`);
}
