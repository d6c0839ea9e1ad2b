import type { Method } from "../../catalog";
import type { JsonObject } from "../rules/row-rules";
import { type Fields, refuseRest, RowRefusal } from "./fields";

/** What every shape comes down to. */
export interface Conversation {
  messages: JsonObject[];
  tools?: unknown;
  parallelToolCalls?: unknown;
  /** The preferred and the other answer to `messages`, where the row has both. */
  chosen?: JsonObject[];
  rejected?: JsonObject[];
}

/** A row of the method's format. Keys that have no place are refused; those of a reinforcement row stay for the grader. */
export function writeRow(
  conversation: Conversation,
  fields: Fields,
  method: Method,
  dropped: ReadonlySet<string>,
): JsonObject {
  const { messages, tools, parallelToolCalls, chosen, rejected } = conversation;
  const options = {
    ...(tools === undefined ? {} : { tools }),
    ...(parallelToolCalls === undefined ? {} : { parallel_tool_calls: parallelToolCalls }),
  };
  const rest = fields.rest();
  if (method === "dpo") {
    if (!chosen || !rejected) {
      throw new RowRefusal(
        "The row has one answer, but a preference row needs a preferred and a non-preferred one. Add --method supervised.",
      );
    }
    refuseRest(rest, "The row", dropped);
    return { input: { messages, ...options }, preferred_output: chosen, non_preferred_output: rejected };
  }
  if (chosen || rejected)
    throw new RowRefusal(`The row has two answers, and a ${method} row would lose one of them. Add --method dpo.`);
  if (method === "supervised") {
    if (messages.at(-1)?.role !== "assistant") {
      throw new RowRefusal(
        "The row has no answer to learn (an assistant message at the end). Add it, or add --method reinforcement, where a grader judges the answers.",
      );
    }
    refuseRest(rest, "The row", dropped);
    return { messages, ...options };
  }
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !dropped.has(key)));
  const last = messages.at(-1);
  if (last?.role !== "assistant") return { ...kept, messages, ...options };
  if (Object.keys(last).some((key) => key !== "role" && key !== "content")) {
    throw new RowRefusal(
      "The answer contains more than text, but a grader's reference must be text. Convert the row with your own script.",
    );
  }
  if ("reference_answer" in kept) throw new RowRefusal("The row already has 'reference_answer'. Rename it first.");
  return { ...kept, messages: messages.slice(0, -1), ...options, reference_answer: last.content };
}
