import { METRICS } from "./metrics";
import type { Grader, GraderSpec } from "./grader";
import { parseTemplate, render } from "./template";

const RANGE = { least: 0, most: 1 };

/** Operations of `string_check` (OpenAI's graders guide): `like` asks whether the input contains the reference, `ilike` without case. */
const OPERATIONS: Readonly<Record<string, (input: string, reference: string) => boolean>> = {
  eq: (input, reference) => input === reference,
  ne: (input, reference) => input !== reference,
  like: (input, reference) => input.includes(reference),
  ilike: (input, reference) => input.toLowerCase().includes(reference.toLowerCase()),
};

/** `string_check`: 1 where it holds, else 0. */
export function stringCheck(spec: GraderSpec): Grader {
  const operation = String(spec.operation);
  return comparing(spec, `string_check ${operation}`, (input, reference) =>
    Number(OPERATIONS[operation]!(input, reference)),
  );
}

/** `text_similarity`: the metric of input and reference, 0 to 1. */
export function textSimilarity(spec: GraderSpec): Grader {
  const metric = String(spec.evaluation_metric);
  return comparing(spec, `text_similarity ${metric}`, METRICS[metric]!);
}

function comparing(spec: GraderSpec, title: string, score: (input: string, reference: string) => number): Grader {
  const input = parseTemplate(String(spec.input));
  const reference = parseTemplate(String(spec.reference));
  return {
    ...{ spec, title, range: RANGE, judges: [] },
    grade: (sample, item) =>
      Promise.resolve({ score: score(render(input, sample, item), render(reference, sample, item)) }),
  };
}
