import type { Method } from "../../catalog";
import { holdsSecret, isBareKey } from "../../datasets/privacy/holds-secret";
import { soundsSecret } from "../../datasets/privacy/secret-name";
import { hasUnknown } from "../runtime/unknown";
import { extraMembers, isMembers, type Members } from "./extra-body";
import { hyperparameters, METHODS } from "./hyperparameters";

/** Members of the request that the program sends, by the setting that decides each. */
const settingOf: Record<string, string> = {
  model: "model",
  training_file: "dataset.training",
  validation_file: "dataset.validation",
  suffix: "suffix",
  seed: "seed",
  trainingType: "trainingType",
  integrations: "integrations",
  // Where the first versions of the API had them.
  hyperparameters: "hyperparameters",
  "method.type": "method",
  ...Object.fromEntries(
    METHODS.flatMap((method) => [
      [`method.${method}.grader`, "grader"],
      [`method.${method}.response_format`, "responseFormat"],
      ...Object.entries(hyperparameters).map(([name, { wire }]) => [
        `method.${method}.hyperparameters.${wire}`,
        `hyperparameters.${name}`,
      ]),
    ]) as [string, string][],
  ),
};

/** Members that are no part of a training, each with what to do instead. */
const refused: Record<string, string> = {
  user: "identifies a person, and job.extraBody is kept in the state and in logs: remove it",
  metadata:
    "is already set by `metadata`, which you can change without training again: use that setting, and remove this field",
};

/** Deepest nesting, and most characters as JSON: a request's fields, not data. */
const LIMITS = { depth: 16, characters: 16_384 } as const;

/**
 * What is wrong with `job.extraBody`: one sentence for each member, with its path and never its value.
 *
 * @param method - of the job, whose own part of `method` is the only one that is sent
 */
export function extraBodyProblems(extraBody: Members, method: Method): string[] {
  if (hasUnknown(extraBody)) return [];
  const problems = extraMembers(extraBody).flatMap(([path, value]) => {
    const taken = takenProblem(path, method);
    return taken ? [`job.extraBody.${path.join(".")} ${taken}.`] : secretProblems(path, value);
  });
  if (problems.length > 0) return problems;
  const { length } = JSON.stringify(extraBody);
  const tooLong = `job.extraBody has ${length} characters as JSON; expected at most ${LIMITS.characters}.`;
  return length > LIMITS.characters ? [tooLong] : [];
}

function takenProblem(path: readonly string[], method: Method): string | undefined {
  const name = path.join(".");
  const known = (names: Record<string, string>) =>
    Object.entries(names).find(([one]) => plain(one) === plain(name))?.[1];
  const why = known(refused);
  if (why) return why;
  const setting = known(settingOf);
  if (setting) return `is already set by \`${setting}\`: use that setting, and remove this field`;
  if (plain(path[0]!) !== "method") return undefined;
  if (path[0] !== "method" || path.length === 1)
    return "is already set by `method`; to add fields to it, provide an object";
  const part = path[2] === undefined ? undefined : plain(path[2]);
  if (path[1] === method && path.length > 2 && (part !== "hyperparameters" || path.length > 3)) return undefined;
  if (path[1] === method) return "is already set by this tool; to add fields to it, provide an object";
  return `is not part of this job's method; only fields of method.${method} are allowed`;
}

/** A service may read names in any case, so `Training_File` and `trainingFile` are the same. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, "");
}

const secretEnds =
  "looks like a secret, and the job's request is kept in the state: remove it, and revoke it if it was real";

function secretProblems(path: readonly string[], value: unknown): string[] {
  if (path.length > LIMITS.depth) {
    return [
      `job.extraBody.${path.slice(0, 3).join(".")} is nested more than ${LIMITS.depth} levels deep; the maximum is ${LIMITS.depth}.`,
    ];
  }
  if (Array.isArray(value) || isMembers(value))
    return Object.entries(value).flatMap(([name, inner]) => secretProblems([...path, name], inner));
  if (typeof value !== "string" || value === "") return [];
  // Items of a list go by the list's name.
  const name = path.findLast((part) => !/^\d+$/.test(part))!;
  const isSecret = soundsSecret(name) || holdsSecret(value) || isBareKey(value);
  return isSecret ? [`job.extraBody.${path.join(".")} ${secretEnds}.`] : [];
}
