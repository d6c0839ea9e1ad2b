import { isObject } from "./json";
import { ELSEWHERE, METRICS } from "./metrics";
import { Formula } from "./formula";
import type { GraderSpec } from "./grader";
import { textOfContent } from "./judged";
import { sourceProblems } from "./python-source";

/** Grader types that only the service runs, and why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  python: "the service runs it in a container with its own packages",
  endpoint: "only the service can call the endpoint",
};

/** Those types, and the metrics that only the service computes. */
export const UNUSABLE_HERE: readonly string[] = [...Object.keys(NOT_HERE), ...Object.keys(ELSEWHERE)];

/**
 * What keeps a grader of a correct form from grading here, a sentence each.
 *
 * @param place - e.g. `grader.graders.exact`
 * @param instead - sentence about what to do where only the service runs it
 */
export function problemsHere(spec: GraderSpec, place: string, instead: string): string[] {
  const type = String(spec.type);
  const reason = NOT_HERE[type];
  if (reason) return [`${place}.type is ${type}, which cannot run here: ${reason}. ${instead}`];
  if (type === "multi") return multiProblems(spec, place, (inner, at) => problemsHere(inner, at, instead));
  const metric = type === "text_similarity" ? metricProblems(spec, place) : [];
  return [...sampleProblems(spec, place), ...metric, ...faultsOf(spec, place)];
}

/**
 * What is wrong with a grader wherever it runs, beyond its form (`shapeProblems`), a sentence each: members of another kind than it takes, a formula
 * that cannot be computed, Python that the service refuses.
 *
 * @param place - e.g. `grader.graders.exact`
 */
export function faultsOf(spec: GraderSpec, place = "grader"): string[] {
  const { name } = spec;
  const named = name === undefined || typeof name === "string" ? [] : [`${place}.name is not text.`];
  return [...named, ...faultsOfType(spec, place)];
}

function faultsOfType(spec: GraderSpec, place: string): string[] {
  switch (spec.type) {
    case "string_check":
    case "text_similarity":
      return textProblems(spec, place);
    case "score_model":
    case "label_model":
      return judgeProblems(spec, place);
    case "python":
      return sourceProblems(spec.source, place);
    case "multi":
      return multiProblems(spec, place, faultsOf);
    default:
      return [];
  }
}

/** The templates are checked already; of the answer only text and JSON are known here. */
function sampleProblems(spec: GraderSpec, place: string): string[] {
  const other = /\{\{\s*sample\.(output_tools|output_audio|choices)\b/.exec(JSON.stringify(spec))?.[1];
  return other
    ? [`${place} reads {{sample.${other}}}, which is not available here. Use sample.output_text or sample.output_json.`]
    : [];
}

function metricProblems({ evaluation_metric: metric }: GraderSpec, place: string): string[] {
  const name = String(metric);
  if (Object.hasOwn(METRICS, name)) return [];
  const reason = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name]! : "there is no such metric";
  const here = Object.keys(METRICS).join(", ");
  return [`${place}.evaluation_metric is ${name}, which is not computed here: ${reason}. Expected ${here}.`];
}

function textProblems(spec: GraderSpec, place: string): string[] {
  return ["input", "reference"]
    .filter((key) => typeof spec[key] !== "string")
    .map((key) => `${place}.${key} is not text; expected a template such as {{sample.output_text}}.`);
}

function judgeProblems(spec: GraderSpec, place: string): string[] {
  const problems: string[] = [];
  if (typeof spec.model !== "string")
    problems.push(`${place}.model is not text; expected the name of a model or deployment.`);
  const { input, range } = spec;
  const isTurn = (turn: unknown) =>
    isObject(turn) && typeof turn.role === "string" && textOfContent(turn.content) !== undefined;
  if (!Array.isArray(input) || input.length === 0 || !input.every(isTurn)) {
    problems.push(
      `${place}.input is not a list of turns; expected [{"role": "user", "content": "..."}] with text only.`,
    );
  }
  if (range !== undefined && !isRange(range))
    problems.push(`${place}.range is not two ascending numbers; expected e.g. [0, 1].`);
  if (spec.type === "label_model") problems.push(...labelProblems(spec, place));
  return problems;
}

function isRange(range: unknown): boolean {
  if (!Array.isArray(range) || range.length !== 2) return false;
  const [least, most] = range as unknown[];
  return Number.isFinite(least) && Number.isFinite(most) && (least as number) < (most as number);
}

function labelProblems({ labels, passing_labels: passing }: GraderSpec, place: string): string[] {
  const isList = (value: unknown): value is string[] =>
    Array.isArray(value) && value.length > 0 && value.every((label) => typeof label === "string");
  if (!isList(labels) || !isList(passing))
    return [`${place}.labels or passing_labels is not a list of labels; expected text, at least one in each.`];
  const unknown = passing.find((label) => !labels.includes(label));
  return unknown === undefined
    ? []
    : [`${place}.passing_labels has "${unknown.slice(0, 40)}", which is not one of its labels.`];
}

/** @param inside - finds the problems of a grader inside */
function multiProblems(
  spec: GraderSpec,
  place: string,
  inside: (inner: GraderSpec, place: string) => string[],
): string[] {
  const graders = spec.graders as Record<string, GraderSpec>;
  const names = Object.keys(graders);
  if (names.length === 0) return [`${place}.graders is empty; expected a grader under each name.`];
  const inner = Object.entries(graders).flatMap(([name, one]) => inside(one, `${place}.graders.${name}`));
  const formula = Formula.parse(String(spec.calculate_output), names);
  return typeof formula === "string" ? [...inner, `${place}.calculate_output ${formula}.`] : inner;
}
