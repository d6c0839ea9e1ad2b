import { hasUnknown, isUnknown } from "../runtime/unknown";
import { extraBodyProblems } from "./extra-body-rules";
import { type HyperparameterName, hyperparameters, hyperparametersOf, METHODS } from "./hyperparameters";
import { JOB_ID, LARGEST_SEED, metadataProblem, SUFFIX_BASE } from "./job-limits";
import type { FineTuningJobArgs } from "./schema";
import { TRAINING_TYPES, wireTrainingType } from "./training-type";

export interface Failure {
  property: string;
  reason: string;
}

/** What is wrong with the arguments, each in a sentence; values that are unknown at preview are left for the next check. */
export function checkArguments(args: FineTuningJobArgs): Failure[] {
  const rules: [keyof FineTuningJobArgs, () => string | undefined][] = [
    ["model", () => (args.model ? undefined : "model is empty; expected a base model such as gpt-4o-mini-2024-07-18")],
    ["method", () => notOneOf("method", args.method, METHODS)],
    ["hyperparameters", () => checkHyperparameters(args)],
    ["grader", () => checkGrader(args)],
    ["seed", () => checkSeed(args.seed)],
    ["trainingType", () => checkTrainingType(args.trainingType)],
    ["suffixBase", () => checkSuffixBase(args.suffixBase)],
    ["extraBody", () => checkExtraBody(args)],
    ["metadata", () => metadataProblem(args.metadata ?? {})],
    ["existingJobId", () => checkExistingJobId(args.existingJobId)],
  ];
  return rules.flatMap(([property, rule]) => {
    const reason = isUnknown(args[property]) ? undefined : rule();
    return reason ? [{ property, reason }] : [];
  });
}

function notOneOf(name: string, value: string, allowed: readonly string[]): string | undefined {
  return allowed.includes(value) ? undefined : `${name} is "${value}"; expected ${allowed.join(", ")}`;
}

function checkHyperparameters({ hyperparameters: given = {}, method }: FineTuningJobArgs): string | undefined {
  if (!METHODS.includes(method)) return undefined;
  const names = hyperparametersOf(method);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || isUnknown(value)) continue;
    if (!names.includes(name as HyperparameterName))
      return `method ${method} has no hyperparameter ${name}; expected one of ${names.join(", ")}`;
    const allowed = hyperparameters[name as HyperparameterName].value;
    if (!allowed.accepts(value)) return `hyperparameter ${name} is ${JSON.stringify(value)}; expected ${allowed.words}`;
  }
  return undefined;
}

function checkGrader({ method, grader }: FineTuningJobArgs): string | undefined {
  if (method === "reinforcement" && !grader) return "method reinforcement needs a grader, in the service's format";
  if (method !== "reinforcement" && grader && !hasUnknown(method))
    return `a grader applies only to method reinforcement, not to ${method}; remove it, or set method to reinforcement`;
  return undefined;
}

function checkSeed(seed: number | undefined): string | undefined {
  if (seed === undefined || (Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED)) return undefined;
  return `seed is ${seed}; expected a whole number from 0 to ${LARGEST_SEED}, or no value (the service then chooses one)`;
}

function checkTrainingType(trainingType: string): string | undefined {
  if (wireTrainingType(trainingType)) return undefined;
  return `trainingType is "${trainingType}"; expected ${TRAINING_TYPES.join(", ")}`;
}

function checkExtraBody({ extraBody, method }: FineTuningJobArgs): string | undefined {
  if (extraBody === undefined || isUnknown(method)) return undefined;
  const problems = extraBodyProblems(extraBody, method);
  return problems.length > 0 ? problems.join(" ").replace(/\.$/, "") : undefined;
}

function checkSuffixBase(base: string | undefined): string | undefined {
  if (base === undefined || SUFFIX_BASE.pattern.test(base)) return undefined;
  return `suffixBase is "${base}"; expected ${SUFFIX_BASE.words} (a dash and 8 hex digits are appended to it)`;
}

function checkExistingJobId(id: string | undefined): string | undefined {
  if (id === undefined || JOB_ID.pattern.test(id)) return undefined;
  return `existingJobId is "${id}"; expected ${JOB_ID.words}`;
}
