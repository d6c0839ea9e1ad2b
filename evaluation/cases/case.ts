import type { WireMessage, WireTool } from "../../azure-openai/chat";

/** A question with what is known of its answer. */
export interface EvaluationCase {
  /** In the file, from 1. */
  line: number;
  /** SHA-256 of what is asked: messages and tools. */
  hash: string;
  /** The turns before the answer, as the service takes them. */
  messages: WireMessage[];
  tools?: WireTool[];
  /** Text of the last assistant turn; absent where the row ends with a question, or the answer has no text. */
  reference?: string;
  /** What graders read as `item`: the row's keys, and `reference` where the row has no such key. */
  item: Readonly<Record<string, unknown>>;
}

/** The cases of a file. */
export interface CaseFile {
  path: string;
  /** SHA-256 of the file's bytes, lower-case hex. */
  sha256: string;
  cases: EvaluationCase[];
}
