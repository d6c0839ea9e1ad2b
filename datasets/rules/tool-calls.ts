import { findJsonFaults } from "../json/strict-json";
import { decodedOnce } from "../shapes/turn-list";
import { checkFunctionName } from "./names";
import { checkKeys, isObject, type JsonObject, keyName, kindOf, type Report, shown } from "./row-rules";

/** Checks the calls in an assistant message: `tool_calls`, or the deprecated `function_call`. */
export function checkToolCalls(message: JsonObject, role: string | undefined, where: string, report: Report): void {
  const { tool_calls: calls, function_call: call } = message;
  if (call !== undefined && call !== null && role === "assistant") {
    report("deprecated-functions", `${where}.function_call is deprecated. Use 'tool_calls'.`);
    checkFunctionCall(call, `${where}.function_call`, report);
  }
  if (calls === undefined || calls === null || role !== "assistant") return;
  if (!Array.isArray(calls))
    return report("invalid-tool-call", `${where}.tool_calls is ${kindOf(calls)}; expected a list.`);
  if (calls.length === 0) report("invalid-tool-call", `${where}.tool_calls is an empty list. Remove the key.`);
  const ids = new Set<unknown>();
  for (const [index, toolCall] of (calls as unknown[]).entries()) {
    const place = `${where}.tool_calls[${index}]`;
    if (!isObject(toolCall)) {
      report("invalid-tool-call", `${place} is ${kindOf(toolCall)}; expected an object.`);
      continue;
    }
    checkKeys(toolCall, ["id", "type", "function"], place, report);
    if (typeof toolCall.id !== "string" || toolCall.id === "")
      report("invalid-tool-call", `${place}.id must be a string that is not empty.`);
    else if (ids.has(toolCall.id))
      report("invalid-tool-call", `${place}.id is used twice in the message. Give each call its own id.`);
    ids.add(toolCall.id);
    if (toolCall.type !== "function")
      report("invalid-tool-call", `${place}.type is ${shown(toolCall.type)}; expected "function".`);
    checkFunctionCall(toolCall.function, `${place}.function`, report);
  }
}

function checkFunctionCall(call: unknown, where: string, report: Report): void {
  if (!isObject(call))
    return report("invalid-tool-call", `${where} is ${kindOf(call)}; expected an object with 'name' and 'arguments'.`);
  checkKeys(call, ["name", "arguments"], where, report);
  checkFunctionName(call.name, "invalid-tool-call", `${where}.name`, report);
  if (typeof call.arguments !== "string") {
    return report(
      "invalid-tool-call",
      `${where}.arguments is ${kindOf(call.arguments)}. Write the arguments as a JSON-encoded string.`,
    );
  }
  checkArguments(call.arguments, `${where}.arguments`, report);
}

function checkArguments(text: string, where: string, report: Report): void {
  const bytes = utf8.encode(text);
  const { error, duplicateKeys } = findJsonFaults(bytes, 0, bytes.length);
  if (error) {
    return report(
      "invalid-tool-call",
      `${where} is not valid JSON (${error.reason}), so the model would learn to write broken calls.`,
    );
  }
  for (const key of duplicateKeys) {
    report(
      "duplicate-key",
      `${where} has the key ${keyName(key)} twice, and JSON parsers keep only one of them. Remove one.`,
    );
  }
  const value = JSON.parse(text) as unknown;
  if (isObject(value)) return;
  const twice = typeof value === "string" && isObject(decodedOnce(value));
  const reason = twice
    ? 'is JSON that was encoded twice. Decode it once, so that the string begins with {" and not with "{'
    : `decodes to ${kindOf(value)}; expected a JSON object`;
  report("invalid-tool-call", `${where} ${reason}.`);
}

const utf8 = new TextEncoder();
