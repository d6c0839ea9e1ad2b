import { createHash } from "node:crypto";
import type { FunctionCall, Message } from "../rows/training-row";

/** An assistant turn that can be given as an answer, and what it answered. */
export interface Exchange {
  question: string;
  /** Keys of the question's images. */
  images: string[];
  /** All turns before the question. */
  context: string;
  /** What functions had returned since the question; undefined: none was called yet. */
  results: string | undefined;
  answer: Answer;
}

/** What a turn of the assistant says: a text, calls of functions, or both. */
export interface Answer {
  text: string;
  calls: FunctionCall[];
}

/** What is asked: the last question of a conversation, and how far it has been answered. */
export type Question = Omit<Exchange, "answer">;

/**
 * Assistant turns that say something, each with the last user turn before it.
 * @param counts - which of them count; of a training row those that are learned
 */
export function exchangesOf(messages: Message[], counts: (message: Message) => boolean = () => true): Exchange[] {
  return messages.flatMap((message, at) => {
    const { role, text, calls = [] } = message;
    if (role !== "assistant" || !counts(message) || (text === "" && calls.length === 0)) return [];
    const question = questionAt(messages.slice(0, at));
    return question ? [{ ...question, answer: { text, calls } }] : [];
  });
}

/** The question that a conversation ends with; undefined: nobody has asked anything. */
export function questionAt(messages: Message[]): Question | undefined {
  const at = messages.findLastIndex(({ role }) => role === "user");
  if (at < 0) return undefined;
  const results = messages.slice(at + 1).filter(({ role }) => role === "tool" || role === "function");
  return {
    question: messages[at]!.text,
    images: (messages[at]!.images ?? []).map(imageKey),
    context: joined(messages.slice(0, at)),
    results: results.length > 0 ? joined(results) : undefined,
  };
}

function joined(messages: Message[]): string {
  return messages.map(({ text }) => text).join("\n");
}

/** The same for the same bytes, however they are encoded; an image that is only linked is known by its address. */
function imageKey(url: string): string {
  const data = /^data:[^,]*?;base64,/i.exec(url);
  return createHash("sha256")
    .update(data ? Buffer.from(url.slice(data[0].length), "base64") : url)
    .digest("base64");
}
