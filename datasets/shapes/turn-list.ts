import { isObject, type JsonObject } from "../rules/row-rules";

export const roleKeys = ["role", "from", "speaker"];
export const textKeys = ["content", "value", "text", "message", "parts"];

/** Whether a value is a list of turns: objects that say who speaks and what. */
export function isTurnList(value: unknown): value is JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every(isTurn);
}

export function isTurn(value: unknown): value is JsonObject {
  if (!isObject(value) || !roleKeys.some((key) => typeof value[key] === "string")) return false;
  return [...textKeys, "tool_calls"].some((key) => key in value);
}

/** Whether turns are in the chat format, but for keys that it does not have. */
export function isChatList(value: unknown): value is JsonObject[] {
  return (
    isTurnList(value) &&
    value.every((turn) => typeof turn.role === "string" && !("parts" in turn) && !("value" in turn))
  );
}

/** A value that may be written as JSON in a string, as in a column of a table. */
export function decodedOnce(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
