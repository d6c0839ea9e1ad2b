import { isObject, type JsonObject, type Report } from "./row-rules";
import type { DeclaredTools } from "./tools";

interface Call {
  id: string;
  name: unknown;
  answered: boolean;
}

/** Checks how messages follow each other: the system message's place, and that calls and tool messages belong together. */
export function checkConversation(
  messages: readonly JsonObject[],
  tools: DeclaredTools,
  where: string,
  report: Report,
): void {
  const firstOther = messages.findIndex(({ role }) => role !== "system" && role !== "developer");
  const late = messages.findIndex(({ role }, index) => isSystem(role) && firstOther >= 0 && index > firstOther);
  if (late >= 0)
    report("system-not-first", `${where}[${late}] is a system message behind other turns: move it to the start.`);
  checkCalls(messages, tools, where, report);
}

function isSystem(role: unknown): boolean {
  return role === "system" || role === "developer";
}

function checkCalls(messages: readonly JsonObject[], tools: DeclaredTools, where: string, report: Report): void {
  const calls: Call[] = [];
  for (const [index, message] of messages.entries()) {
    const place = `${where}[${index}]`;
    if (message.role === "assistant") {
      const made = callsOf(message);
      for (const call of made) {
        if (tools.declared && typeof call.name === "string" && !tools.names.has(call.name)) {
          report(
            "undeclared-tool",
            `${place} calls a function that the row's tools do not declare: add it or correct the name.`,
          );
        }
      }
      if (made.length > 0 && !tools.declared) {
        report("undeclared-tool", `${place} calls a function, and the row declares no 'tools': add its definition.`);
      }
      calls.push(...made);
    } else if (message.role === "tool") {
      checkAnswer(message, calls, place, report);
    }
  }
  const last = messages.at(-1);
  const open = calls.filter((call) => !call.answered && !(last && callsOf(last).some(({ id }) => id === call.id)));
  if (open.length > 0) {
    report(
      "unanswered-tool-call",
      `${open.length} tool call(s) in '${where}' have no tool message that answers them: add the results.`,
    );
  }
}

function checkAnswer(message: JsonObject, calls: Call[], place: string, report: Report): void {
  const { tool_call_id: id } = message;
  if (typeof id !== "string" || id === "") {
    return report(
      "tool-without-call",
      `${place} is a tool message without 'tool_call_id': name the call that it answers.`,
    );
  }
  const call =
    calls.find((candidate) => candidate.id === id && !candidate.answered) ?? calls.find((known) => known.id === id);
  if (!call) {
    return report(
      "tool-without-call",
      `${place} answers a tool call that no earlier assistant message made: correct 'tool_call_id'.`,
    );
  }
  call.answered = true;
}

function callsOf(message: JsonObject): Call[] {
  const { tool_calls: calls } = message;
  if (!Array.isArray(calls)) return [];
  return (calls as unknown[])
    .filter((call): call is JsonObject => isObject(call) && typeof call.id === "string")
    .map((call) => ({
      id: call.id as string,
      name: isObject(call.function) ? call.function.name : undefined,
      answered: false,
    }));
}
