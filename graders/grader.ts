/** A grader as the service takes it: `string_check`, `text_similarity`, `score_model`, `label_model` or `multi`. */
export type GraderSpec = Readonly<Record<string, unknown>>;

/** What a grader reads of an answer. */
export interface Sample {
  text: string;
  /** The text as JSON; undefined where it is none. */
  json(): unknown;
}

export function sampleOf(text: string): Sample {
  let parsed: { value: unknown } | undefined;
  const parse = (): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  };
  return { text, json: () => (parsed ??= { value: parse() }).value };
}

/** Why a grade says little of the answer. All of them score the least that the grader gives. */
export type GradeProblem =
  /** The template reads a part of the answer that it doesn't have. */
  | "no such value"
  /** The judge's answer is not what was asked for, or was refused. */
  | "no verdict"
  /** The formula of a multi grader gives no number, e.g. divides by zero. */
  | "no number";

export interface Grade {
  score: number;
  /** Scores of the graders inside a multi grader. */
  parts?: Record<string, number>;
  problem?: GradeProblem;
}

/** A turn of what a model that grades is asked. */
export interface JudgeMessage {
  role: string;
  content: string;
}

/** What a model that grades is asked. */
export interface JudgeQuestion {
  /** As the grader names it. */
  model: string;
  messages: JudgeMessage[];
  /** JSON schema that the verdict must have, by a name for it. */
  schema: { name: string; schema: Record<string, unknown> };
  sampling: JudgeSampling;
}

/** Under the service's names; what is absent is the evaluation's own: temperature 0 and a fixed seed where the model takes them. */
export interface JudgeSampling {
  temperature?: number;
  top_p?: number;
  seed?: number;
  max_completion_tokens?: number;
  reasoning_effort?: string;
}

/** Asks a model that grades. @returns the text of its answer; undefined where the service refuses the question */
export type AskJudge = (question: JudgeQuestion) => Promise<string | undefined>;

/** A grader ready to use. */
export interface Grader {
  spec: GraderSpec;
  /** For a heading, e.g. `text_similarity fuzzy_match`. */
  title: string;
  /** Least and most that it gives; infinite where a formula decides. */
  range: { least: number; most: number };
  /** Models that grade, as the grader names them, each once. */
  judges: string[];
  /** @param ask - asks the judges; never called without `judges` */
  grade(sample: Sample, item: Readonly<Record<string, unknown>>, ask: AskJudge): Promise<Grade>;
}
