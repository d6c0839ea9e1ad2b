import { Formula } from "azure-openai-graders/formula";
import type { GraderSpec } from "azure-openai-graders/grader";
import { sourceProblems } from "azure-openai-graders/python-source";
import { readDemands } from "azure-openai-graders/read-demands";
import { type GraderPurpose, shapeProblems } from "azure-openai-graders/shape";
import { asObject } from "../../http/request";
import { invalidPayload } from "../api/errors";

/** Models that may grade a job (recorded in the refusal below). */
const JUDGES = [
  ...["gpt-4.1", "gpt-4.1-2025-04-14", "gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"],
  ...["gpt-4.1-nano", "gpt-4.1-nano-2025-04-14", "gpt-4o", "gpt-4o-2024-08-06", "o3-mini", "o3-mini-2025-01-31"],
];
/** What a multi grader may contain, after the v1 schema. */
const INNER = ["string_check", "text_similarity", "score_model"];

/**
 * A grader of a job, or of the graders API, of the right form.
 * @param place - its path in the request, e.g. `grader`, `method.reinforcement.grader`
 * @throws AzureError 400 `invalidPayload`: of the texts only that about models is on record, the others are a guess
 */
export function readGrader(value: unknown, place: string, purpose: GraderPurpose = "training"): GraderSpec {
  const spec = asObject(value);
  if (!spec) throw invalidPayload(`${place} is required: an object with the type of the grader.`, place);
  const [problem] = [
    ...shapeProblems(spec, place, purpose),
    ...readDemands(spec).problems,
    ...contentProblems(spec, place, purpose),
  ];
  if (problem !== undefined) throw invalidPayload(problem, place);
  return spec;
}

/** @throws AzureError 400 for a formula that cannot be computed, which `run` reports in its answer instead */
export function requireFormula(spec: GraderSpec, place: string): void {
  const problem = formulaProblem(spec);
  if (problem !== undefined) throw invalidPayload(`${place}.calculate_output ${problem}.`, place);
}

export function formulaProblem(spec: GraderSpec): string | undefined {
  if (spec.type !== "multi") return undefined;
  const formula = Formula.parse(String(spec.calculate_output), Object.keys(asObject(spec.graders) ?? {}));
  return typeof formula === "string" ? formula : undefined;
}

function contentProblems(spec: GraderSpec, place: string, purpose: GraderPurpose): string[] {
  switch (spec.type) {
    case "score_model":
      // In an evaluation it is the name of a deployment.
      return purpose === "evaluation" || JUDGES.includes(String(spec.model))
        ? []
        : [`Model provided for model grader is not supported. Supported models: ${JUDGES.join(", ")}`];
    case "python":
      return sourceProblems(spec.source, place);
    case "multi":
      return Object.entries(asObject(spec.graders) ?? {}).flatMap(([name, inner]) =>
        innerProblems(inner as GraderSpec, `${place}.graders.${name}`, purpose),
      );
    case "text_similarity":
      return spec.evaluation_metric === "cosine"
        ? [`${place}.evaluation_metric is "cosine", which fine-tuning doesn't support.`]
        : [];
    default:
      return [];
  }
}

function innerProblems(spec: GraderSpec, place: string, purpose: GraderPurpose): string[] {
  if (!INNER.includes(String(spec.type)))
    return [`${place}.type is "${String(spec.type)}": a multi grader takes ${INNER.join(", ")}.`];
  return contentProblems(spec, place, purpose);
}
