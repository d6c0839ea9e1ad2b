import type { Method } from "../../catalog";
import { isObject, type JsonObject } from "../rules/row-rules";

/** All messages of a row: of a preference row the input's and both outputs'. `undefined` when some list of them is missing. */
export function messagesOf(row: unknown, method: Method): JsonObject[] | undefined {
  return messageListsOf(row, method)?.flat();
}

/** The lists of messages of a row: one, or of a preference row the input's, the preferred and the other output. */
export function messageListsOf(row: unknown, method: Method): JsonObject[][] | undefined {
  if (!isObject(row)) return undefined;
  const lists = method === "dpo" ? preferenceLists(row) : [row.messages];
  return lists.every(isMessageList) ? lists : undefined;
}

function preferenceLists({ input, preferred_output, non_preferred_output }: JsonObject): unknown[] {
  return [isObject(input) ? input.messages : undefined, preferred_output, non_preferred_output];
}

function isMessageList(value: unknown): value is JsonObject[] {
  return Array.isArray(value) && value.every(isObject);
}
