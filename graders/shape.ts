import { closest, distance } from "fastest-levenshtein";
import { isObject } from "./json";

/** What a type of grader can't do without, and the words that a key takes. */
interface GraderType {
  needs: string[];
  words?: Record<string, string[]>;
}

/**
 * Types of grader that a reinforcement job takes, after the service's specification (azure-v1 generated schema, 2025). `name` is left
 * out: it is required there, yet Python graders without one are on record as working.
 */
const TYPES: Record<string, GraderType> = {
  string_check: { needs: ["input", "reference", "operation"], words: { operation: ["eq", "ne", "like", "ilike"] } },
  text_similarity: {
    needs: ["input", "reference", "evaluation_metric"],
    words: {
      evaluation_metric: [
        ...["fuzzy_match", "bleu", "gleu", "meteor", "cosine"],
        ...["rouge_1", "rouge_2", "rouge_3", "rouge_4", "rouge_5", "rouge_l"],
      ],
    },
  },
  score_model: { needs: ["model", "input"] },
  python: { needs: ["source"] },
  multi: { needs: ["graders", "calculate_output"] },
  endpoint: { needs: ["url"] },
};

/** What a grader is for: a reinforcement job, or an evaluation, which takes label_model too. */
export type GraderPurpose = "training" | "evaluation";

const LABEL_MODEL: GraderType = { needs: ["model", "input", "labels", "passing_labels"] };

/**
 * What is wrong with the form of a grader, a sentence each: a type that there is not, a key that is missing (with the one that was
 * probably meant), a word that the key doesn't take. Keys that are not known here are left to the service.
 *
 * @param place - for the sentences, e.g. `grader` or `grader.graders.exact`.
 * @param unusable - types and metrics that are left out where it is said what is expected; that they are unusable is said elsewhere.
 */
export function shapeProblems(
  grader: Readonly<Record<string, unknown>>,
  place = "grader",
  purpose: GraderPurpose = "training",
  unusable: readonly string[] = [],
): string[] {
  const { type } = grader;
  const taken = purpose === "training" ? TYPES : { ...TYPES, label_model: LABEL_MODEL };
  const types = Object.keys(taken).filter((name) => !unusable.includes(name));
  if (typeof type !== "string") return [`${place} has no type; expected ${types.join(", ")}.`];
  if (type === "label_model" && purpose === "training")
    return [`${place}.type is label_model, which is for evaluations only; expected ${types.join(", ")}.`];
  const known = Object.hasOwn(taken, type) ? taken[type] : undefined;
  if (!known) {
    return [
      `${place}.type is "${type.slice(0, 40)}"; expected ${types.join(", ")}.${didYouMean(type.toLowerCase(), types, unusable)}`,
    ];
  }
  const problems = known.needs
    .filter((key) => grader[key] === undefined || grader[key] === "")
    .map((key) => {
      const near = Object.keys(grader).find(
        (name) => !known.needs.includes(name) && closest(name.toLowerCase(), known.needs) === key,
      );
      const meant = near && near !== "type" && near !== "name" ? ` (is "${near.slice(0, 40)}" a misspelling?)` : "";
      return `${place} of type ${type} has no ${key}${meant}.`;
    });
  for (const [key, words] of Object.entries(known.words ?? {})) {
    const value = grader[key];
    if (typeof value === "string" && value !== "" && !words.includes(value)) {
      problems.push(
        `${place}.${key} is "${value.slice(0, 40)}"; expected ${words.filter((word) => !unusable.includes(word)).join(", ")}.`,
      );
    }
  }
  return type === "multi"
    ? [...problems, ...innerProblems(grader.graders, `${place}.graders`, purpose, unusable)]
    : problems;
}

function innerProblems(graders: unknown, place: string, purpose: GraderPurpose, unusable: readonly string[]): string[] {
  if (graders === undefined) return [];
  if (!isObject(graders)) return [`${place} is not an object; expected a grader under each name.`];
  return Object.entries(graders).flatMap(([name, inner]) => {
    const at = `${place}.${name}`;
    if (!isObject(inner)) return [`${at} is not an object; expected a grader.`];
    return inner.type === "multi"
      ? [`${at} is a multi grader, which cannot contain another multi grader.`]
      : shapeProblems(inner, at, purpose, unusable);
  });
}

/**
 * ` Did you mean string_check?`: the nearest type, or the way to what is a metric or an operation of one, `text_similarity with evaluation_metric
 * fuzzy_match`; empty where more than a third differs.
 */
function didYouMean(type: string, types: string[], unusable: readonly string[]): string {
  const ways = Object.entries(TYPES).flatMap(([name, { words = {} }]) =>
    Object.entries(words).flatMap(([key, values]) =>
      values
        .filter((word) => word.length > 4 && !unusable.includes(word))
        .map((word): [string, string] => [word, `${name} with ${key} ${word}`]),
    ),
  );
  const meant = closest(type, [...types, ...ways.map(([word]) => word)]);
  if (distance(type, meant) > Math.max(1, Math.round(type.length / 3))) return "";
  return ` Did you mean ${ways.find(([word]) => word === meant)?.[1] ?? meant}?`;
}
