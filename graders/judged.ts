import { isObject } from "./json";
import type { Grade, Grader, GraderSpec, JudgeSampling } from "./grader";
import { parseTemplate, render } from "./template";

/** What both kinds of judge write before the verdict, as the service has it for score_model (OpenAI's graders guide). */
const STEPS = {
  type: "array",
  items: {
    type: "object",
    properties: { description: { type: "string" }, conclusion: { type: "string" } },
    required: ["description", "conclusion"],
    additionalProperties: false,
  },
};

/** `score_model`: the number that a model gives, within the range; what is no number is the least. */
export function scoreModel(spec: GraderSpec): Grader {
  const [least, most] = (spec.range as [number, number] | undefined) ?? [0, 1];
  const grade = (result: unknown): Grade =>
    typeof result === "number" && Number.isFinite(result)
      ? { score: Math.min(most, Math.max(least, result)) }
      : { score: least, problem: "no verdict" };
  return judged(spec, { least, most }, { type: "number" }, grade);
}

/** `label_model`: 1 where the label that a model chooses is among `passing_labels`, else 0. */
export function labelModel(spec: GraderSpec): Grader {
  const labels = spec.labels as string[];
  const passing = spec.passing_labels as string[];
  const grade = (result: unknown): Grade =>
    labels.includes(result as string)
      ? { score: Number(passing.includes(result as string)) }
      : { score: 0, problem: "no verdict" };
  return judged(spec, { least: 0, most: 1 }, { type: "string", enum: labels }, grade);
}

function judged(
  spec: GraderSpec,
  range: Grader["range"],
  result: Record<string, unknown>,
  grade: (result: unknown) => Grade,
): Grader {
  const model = String(spec.model);
  const turns = (spec.input as Record<string, unknown>[]).map(({ role, content }) => ({
    role: String(role),
    content: parseTemplate(textOfContent(content)!),
  }));
  const schema = {
    type: "object",
    properties: { steps: STEPS, result },
    required: ["steps", "result"],
    additionalProperties: false,
  };
  const sampling = (spec.sampling_params ?? {}) as JudgeSampling;
  return {
    ...{ spec, range, judges: [model], title: `${String(spec.type)} by ${model}` },
    async grade(sample, item, ask) {
      const messages = turns.map(({ role, content }) => ({ role, content: render(content, sample, item) }));
      const verdict = await ask({
        ...{ model, sampling, messages },
        schema: { name: "verdict", schema },
      });
      return grade(verdict === undefined ? undefined : resultIn(verdict));
    },
  };
}

function resultIn(verdict: string): unknown {
  try {
    return (JSON.parse(verdict) as { result?: unknown } | null)?.result;
  } catch {
    return undefined;
  }
}

/** The text of a turn of a judge's input: a text, or parts that are text. Undefined where it holds something else. */
export function textOfContent(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  const parts: unknown[] = Array.isArray(content) ? content : [content];
  const texts = parts.map((part) => (isObject(part) && typeof part.text === "string" ? part.text : part));
  return texts.every((text) => typeof text === "string") ? texts.join("") : undefined;
}
