import type { AskJudge, GraderSpec, Sample } from "azure-openai-graders/grader";
import { fuzzyMatch } from "azure-openai-graders/metrics/fuzzy/fuzzy-match";
import { readDemands } from "azure-openai-graders/read-demands";
import { asObject } from "../../http/request";
import { countTokens } from "../training/tokenizer";

/** Tokens that judges read and wrote, by model. */
export type JudgeTokens = Record<string, { prompt: number; completion: number }>;

/** Adds the tokens of a grading to others. */
export function addTokens(to: JudgeTokens, tokens: JudgeTokens): void {
  for (const [model, { prompt, completion }] of Object.entries(tokens)) {
    const known = (to[model] ??= { prompt: 0, completion: 0 });
    known.prompt += prompt;
    known.completion += completion;
  }
}

/**
 * A model that grades, as this service plays it [its own]. It has no judgement: a number is how similar the answer is to the nearest text of
 * the row that the prompt shows (`fuzzy_match`, over the range that is asked for), a label is the one most similar to the answer. So a
 * better answer has a better grade, and the same one the same.
 *
 * @param tokens - are added to, as the chat format counts
 */
export function judgeOf(
  spec: GraderSpec,
  sample: Sample,
  item: Readonly<Record<string, unknown>>,
  tokens: JudgeTokens,
): AskJudge {
  const { paths } = readDemands(spec);
  const texts = paths.map((path) => textAt(item, path)).filter((text) => text !== undefined);
  const similarity = Math.max(0, ...texts.map((text) => fuzzyMatch(sample.text, text)));
  return ({ model, messages, schema }) => {
    const { result } = asObject(schema.schema.properties) as { result: { enum?: string[] } };
    const verdict = JSON.stringify({
      steps: [{ description: "Similarity of the answer and the row", conclusion: similarity.toFixed(3) }],
      result: result.enum ? nearestLabel(sample.text, result.enum) : onScale(similarity, rangeOf(spec, model)),
    });
    const prompt = messages.reduce((sum, { content }) => sum + countTokens(content) + 4, 3);
    addTokens(tokens, { [model]: { prompt, completion: countTokens(verdict) } });
    return Promise.resolve(verdict);
  };
}

function textAt(item: unknown, path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], item);
  return value === undefined ? undefined : typeof value === "string" ? value : JSON.stringify(value);
}

/** In a multi grader the first judge of that model decides; two of one model with other ranges are not told apart. */
function rangeOf(spec: GraderSpec, model: string): [number, number] {
  const inner = spec.type === "multi" ? Object.values(asObject(spec.graders) ?? {}) : [spec];
  const judge = inner.map(asObject).find((one) => one?.type === "score_model" && one.model === model);
  return (judge?.range as [number, number] | undefined) ?? [0, 1];
}

function onScale(share: number, [least, most]: [number, number]): number {
  return least + share * (most - least);
}

function nearestLabel(answer: string, labels: readonly string[]): string {
  const ranked = labels.map((label) => ({ label, score: fuzzyMatch(answer, label) }));
  return ranked.reduce((best, one) => (one.score > best.score ? one : best)).label;
}
