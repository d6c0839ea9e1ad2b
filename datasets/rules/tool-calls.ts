import { isObject, type JsonObject, kindOf, type Report } from "./row-rules";

/** Checks the calls in an assistant message: `tool_calls`, or the deprecated `function_call`. */
export function checkToolCalls(message: JsonObject, role: string | undefined, where: string, report: Report): void {
  const { tool_calls: calls, function_call: call } = message;
  if (call !== undefined && call !== null && role === "assistant") {
    report("deprecated-functions", `${where}.function_call is deprecated: use 'tool_calls'.`);
    checkFunctionCall(call, `${where}.function_call`, report);
  }
  if (calls === undefined || calls === null || role !== "assistant") return;
  if (!Array.isArray(calls))
    return report("invalid-tool-call", `${where}.tool_calls is ${kindOf(calls)}: it must be a list.`);
  if (calls.length === 0) report("invalid-tool-call", `${where}.tool_calls is an empty list: remove the key.`);
  const ids = new Set<unknown>();
  for (const [index, toolCall] of (calls as unknown[]).entries()) {
    const place = `${where}.tool_calls[${index}]`;
    if (!isObject(toolCall)) {
      report("invalid-tool-call", `${place} is ${kindOf(toolCall)}: it must be an object.`);
      continue;
    }
    if (typeof toolCall.id !== "string" || toolCall.id === "")
      report("invalid-tool-call", `${place}.id must be a string.`);
    else if (ids.has(toolCall.id))
      report("invalid-tool-call", `${place}.id is used twice in the message: each call needs its own.`);
    ids.add(toolCall.id);
    if (toolCall.type !== "function") report("invalid-tool-call", `${place}.type must be "function".`);
    checkFunctionCall(toolCall.function, `${place}.function`, report);
  }
}

function checkFunctionCall(call: unknown, where: string, report: Report): void {
  if (!isObject(call))
    return report("invalid-tool-call", `${where} is ${kindOf(call)}: it must have 'name' and 'arguments'.`);
  if (typeof call.name !== "string" || call.name === "") report("invalid-tool-call", `${where}.name must be a string.`);
  if (typeof call.arguments !== "string") {
    return report(
      "invalid-tool-call",
      `${where}.arguments is ${kindOf(call.arguments)}: write the arguments as a string of JSON.`,
    );
  }
  try {
    if (!isObject(JSON.parse(call.arguments)))
      report("invalid-tool-call", `${where}.arguments must be the JSON of an object.`);
  } catch {
    report("invalid-tool-call", `${where}.arguments is not valid JSON: the model would learn to write broken calls.`);
  }
}
