import { hasUnknown, isUnknown } from "../unknown";
import type { FineTuningJobArgs, Hyperparameters } from "./schema";
import { TRAINING_TYPES, wireTrainingType } from "./training-type";

export interface Failure {
  property: string;
  reason: string;
}

const METHODS = ["supervised", "dpo", "reinforcement"];
const COMMON: (keyof Hyperparameters)[] = ["nEpochs", "batchSize", "learningRateMultiplier"];
const BY_METHOD: Record<string, (keyof Hyperparameters)[]> = {
  supervised: [...COMMON, "promptLossWeight"],
  dpo: [...COMMON, "beta", "l2Multiplier"],
  reinforcement: [...COMMON, "reasoningEffort", "computeMultiplier", "evalInterval", "evalSamples"],
};
/** Limits of the create operation: seed and metadata as in the published API description. */
const LARGEST_SEED = 2147483647;
const METADATA = { pairs: 16, key: 64, value: 512 };

/** What is wrong with the arguments, each in a sentence; values that are unknown at preview are left for the next check. */
export function checkArguments(args: FineTuningJobArgs): Failure[] {
  const rules: [keyof FineTuningJobArgs, () => string | undefined][] = [
    ["model", () => (args.model ? undefined : "model is empty; name a base model such as gpt-4o-mini-2024-07-18")],
    ["method", () => notOneOf("method", args.method, METHODS)],
    ["hyperparameters", () => checkHyperparameters(args)],
    ["grader", () => checkGrader(args)],
    ["seed", () => checkSeed(args.seed)],
    ["trainingType", () => checkTrainingType(args.trainingType)],
    ["suffixBase", () => checkSuffixBase(args.suffixBase)],
    ["metadata", () => checkMetadata(args.metadata)],
    ["existingJobId", () => checkExistingJobId(args.existingJobId)],
  ];
  return rules.flatMap(([property, rule]) => {
    const reason = isUnknown(args[property]) ? undefined : rule();
    return reason ? [{ property, reason }] : [];
  });
}

function notOneOf(name: string, value: string, allowed: string[]): string | undefined {
  return allowed.includes(value) ? undefined : `${name} is "${value}"; allowed: ${allowed.join(", ")}`;
}

function checkHyperparameters({ hyperparameters = {}, method }: FineTuningJobArgs): string | undefined {
  const allowed = BY_METHOD[method];
  if (!allowed) return undefined;
  for (const [name, value] of Object.entries(hyperparameters)) {
    if (value === undefined || isUnknown(value)) continue;
    if (!allowed.includes(name as keyof Hyperparameters)) {
      return `hyperparameter ${name} does not belong to the method ${method}; it has: ${allowed.join(", ")}`;
    }
    if (name === "reasoningEffort") {
      const wrong = notOneOf(`hyperparameter ${name}`, String(value), ["default", "low", "medium", "high"]);
      if (wrong) return wrong;
    } else if (value !== "auto" && !(typeof value === "number" && value >= 0)) {
      return `hyperparameter ${name} is ${JSON.stringify(value)}; allowed: a number from 0, or "auto"`;
    }
  }
  return undefined;
}

function checkGrader({ method, grader }: FineTuningJobArgs): string | undefined {
  if (method === "reinforcement" && !grader) return "the method reinforcement needs a grader, as the service takes it";
  if (method !== "reinforcement" && grader && !hasUnknown(method)) {
    return `a grader belongs to the method reinforcement, not to ${method}; remove one of them`;
  }
  return undefined;
}

function checkSeed(seed: number | undefined): string | undefined {
  if (seed === undefined || (Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED)) return undefined;
  return `seed is ${seed}; allowed: a whole number from 0 to ${LARGEST_SEED}, or none, and the service chooses`;
}

function checkTrainingType(trainingType: string): string | undefined {
  if (wireTrainingType(trainingType)) return undefined;
  return `trainingType is "${trainingType}"; allowed: ${TRAINING_TYPES.join(", ")}`;
}

function checkSuffixBase(base: string | undefined): string | undefined {
  if (base === undefined || /^[A-Za-z0-9_-]{0,9}$/.test(base)) return undefined;
  return `suffixBase is "${base}"; allowed: at most 9 characters of A-Z a-z 0-9 - _ (a dash and 8 hex follow it)`;
}

function checkMetadata(metadata: Record<string, string> = {}): string | undefined {
  const pairs = Object.entries(metadata);
  if (pairs.length > METADATA.pairs) return `metadata has ${pairs.length} pairs; allowed: at most ${METADATA.pairs}`;
  const long = pairs.find(([key, value]) => key.length > METADATA.key || value.length > METADATA.value);
  if (!long) return undefined;
  return `metadata "${long[0].slice(0, METADATA.key)}" is too long; allowed: keys up to ${METADATA.key} and values up to ${METADATA.value} characters`;
}

function checkExistingJobId(id: string | undefined): string | undefined {
  if (id === undefined || /^ftjob-[A-Za-z0-9-]+$/.test(id)) return undefined;
  return `existingJobId is "${id}"; it must be the id of a fine-tuning job, ftjob-...`;
}
