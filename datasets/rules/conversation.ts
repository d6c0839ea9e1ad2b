import { isBlank } from "./content-parts";
import { isObject, type JsonObject, type Report } from "./row-rules";
import type { DeclaredTools } from "./tools";

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
    report("system-not-first", `${where}[${late}] is a system message after other turns. Move it to the start.`);
  checkCalls(messages, tools, where, report);
}

/** Warns of a conversation without a question, or with an empty one; two vendors' checkers do so too. */
export function checkUserTurns(messages: readonly JsonObject[], where: string, report: Report): void {
  // One with the wrong role has a finding of its own.
  if (messages.every(({ role }) => role === "assistant" || isSystem(role))) {
    report(
      "no-user",
      `'${where}' has no user message, so the model would learn to answer without a question. Add the question.`,
    );
  }
  for (const [index, { role, content }] of messages.entries()) {
    if (role === "user" && isBlank(content))
      report("empty-user", `${where}[${index}].content is empty: the question is missing. Write it or remove the row.`);
  }
}

function isSystem(role: unknown): boolean {
  return role === "system" || role === "developer";
}

/**
 * Checks that calls and the messages that answer them belong together: a tool message follows the assistant message whose call it
 * answers, with nothing but other tool messages and calls between them.
 *
 * @param before - messages that come earlier and were checked already.
 */
export function checkCalls(
  messages: readonly JsonObject[],
  tools: DeclaredTools,
  where: string,
  report: Report,
  before: readonly JsonObject[] = [],
): void {
  const calls = new OpenCalls();
  for (const message of before) calls.take(message);
  const unansweredBefore = calls.unanswered;
  for (const [index, message] of messages.entries()) {
    const place = `${where}[${index}]`;
    checkDeclared(message, tools, place, report);
    const fault = calls.take(message);
    if (fault) report("tool-without-call", `${place} ${fault}`);
  }
  // What the last message calls is for the program that will use the model to answer.
  const open = calls.unanswered - unansweredBefore - callsOf(messages.at(-1)).length;
  if (open > 0)
    report("unanswered-tool-call", `${open} tool call(s) in '${where}' have no tool message with the result. Add it.`);
}

function checkDeclared(message: JsonObject, tools: DeclaredTools, place: string, report: Report): void {
  const calls = callsOf(message);
  if (calls.length > 0 && !tools.declared)
    report("undeclared-tool", `${place} calls a function, but the row has no 'tools'. Add its definition.`);
  for (const { name } of tools.declared ? calls : []) {
    if (typeof name !== "string" || tools.names.has(name)) continue;
    report("undeclared-tool", `${place} calls a function that is not in the row's tools. Add it or correct the name.`);
  }
}

/** The calls that wait for an answer while messages go by. */
class OpenCalls {
  /** Calls without an answer, of this turn and of earlier ones. */
  unanswered = 0;
  /** Ids of this turn's calls, each with the number of its calls without an answer. */
  private readonly turn = new Map<string, number>();
  private readonly earlier = new Set<string>();
  private functionCalled = false;

  /** Takes the next message; what is wrong with it as an answer, if anything. */
  take(message: JsonObject): string | undefined {
    if (message.role === "tool") return this.answer(message.tool_call_id);
    if (message.role === "function") return this.functionResult();
    const calls = callsOf(message);
    if (calls.length === 0) this.endTurn();
    for (const { id } of calls) this.turn.set(id, (this.turn.get(id) ?? 0) + 1);
    this.unanswered += calls.length;
    this.functionCalled = message.role === "assistant" && isObject(message.function_call);
    return undefined;
  }

  private answer(id: unknown): string | undefined {
    if (typeof id !== "string" || id === "")
      return "is a tool message without 'tool_call_id'. Add the ID of the call that it answers.";
    const waiting = this.turn.get(id);
    if (waiting) {
      this.turn.set(id, waiting - 1);
      this.unanswered--;
      return undefined;
    }
    if (waiting === 0) return "answers a tool call that has already been answered. Keep one tool message per call.";
    if (this.earlier.has(id))
      return "answers a tool call of an earlier turn. Put it right after the assistant message that made the call.";
    return "answers a tool call that no earlier assistant message makes. Correct 'tool_call_id' or the order.";
  }

  private functionResult(): string | undefined {
    if (!this.functionCalled)
      return "is a function's result, but the message before it has no 'function_call'. Add it.";
    this.functionCalled = false;
    return undefined;
  }

  private endTurn(): void {
    for (const id of this.turn.keys()) this.earlier.add(id);
    this.turn.clear();
  }
}

function callsOf(message: JsonObject | undefined): { id: string; name: unknown }[] {
  if (message?.role !== "assistant" || !Array.isArray(message.tool_calls)) return [];
  return (message.tool_calls as unknown[])
    .filter((call): call is JsonObject => isObject(call) && typeof call.id === "string")
    .map((call) => ({ id: call.id as string, name: isObject(call.function) ? call.function.name : undefined }));
}
