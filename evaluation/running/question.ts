import type { CompletionRequest, WireMessage, WireTool } from "../../azure-openai/chat";
import type { EvaluationCase } from "../cases/case";
import type { JudgeQuestion } from "../../graders/grader";

/** The same every time, so that answers differ by the models alone as far as the service allows. */
const TEMPERATURE = 0;
const SEED = 42;
/** Of an answer. */
export const DEFAULT_MAX_TOKENS = 1_024;
/** Of a judge's verdict. */
const VERDICT_TOKENS = 4_096;

/** What a model is asked, without the model. */
export interface Question {
  messages: WireMessage[];
  tools?: WireTool[];
  /** Most tokens of the answer: what is reserved of the spending limit. */
  maxTokens: number;
  responseFormat?: CompletionRequest["responseFormat"];
  temperature: number;
  topP?: number;
  seed: number;
  reasoningEffort?: string;
  /** For sentences: line of the case. */
  line: number;
}

export function questionOf({ messages, tools, line }: EvaluationCase, maxTokens: number): Question {
  return { messages, tools, maxTokens, temperature: TEMPERATURE, seed: SEED, line };
}

export function verdictQuestion({ messages, schema, sampling }: JudgeQuestion, line: number): Question {
  return {
    messages: messages as WireMessage[],
    maxTokens: sampling.max_completion_tokens ?? VERDICT_TOKENS,
    responseFormat: { type: "json_schema", ...schema, strict: true },
    temperature: sampling.temperature ?? TEMPERATURE,
    topP: sampling.top_p,
    seed: sampling.seed ?? SEED,
    reasoningEffort: sampling.reasoning_effort,
    line,
  };
}

/** All of it that decides the answer. */
export function decisive({ line: _, ...question }: Question): unknown {
  return question;
}

/** The request; a model that refuses sampling parameters gets none. */
export function requestOf(question: Question, deploymentName: string, sampled: boolean): CompletionRequest {
  const { line: _, temperature, topP, seed, ...rest } = question;
  return { deploymentName, ...rest, ...(sampled ? { temperature, topP, seed } : {}) };
}
