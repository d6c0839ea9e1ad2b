import { asObject } from "../../http/request";
import { newId } from "./call-id";
import { invalidRequest } from "./chat-error";
import type { Message } from "../rows/training-row";
import { requireStrict } from "./response-format";
import { sampleOf } from "./schema-sample";
import { termsOf } from "./terms";

export interface Tool {
  name: string;
  description: string;
  /** JSON schema of its arguments; absent: it has none. */
  parameters: Record<string, unknown>;
}

export interface Tools {
  offered: Tool[];
  /** `auto`, `none`, `required`, or the name of the one that must be called. */
  choice: "auto" | "none" | "required" | { name: string };
}

export interface ToolCall {
  id: string;
  name: string;
  /** JSON. */
  arguments: string;
}

const MAX_TOOLS = 128;
const NAME_FORM = /^[a-zA-Z0-9_-]{1,64}$/;

/** @throws AzureError 400; limits and forms: v1 specification, texts: guess */
export function readTools(body: Record<string, unknown>): Tools {
  const given: unknown = body.tools ?? [];
  if (!Array.isArray(given) || given.length > MAX_TOOLS)
    throw invalidRequest(`'tools' must be a list of up to ${MAX_TOOLS} tools`, "tools");
  if (given.length === 0 && Array.isArray(body.tools))
    throw invalidRequest("Invalid 'tools': empty array. Expected an array with minimum length 1.", "tools");
  const offered = given.map((tool, index) => readTool(asObject(tool), index));
  return { offered, choice: readChoice(body.tool_choice, offered) };
}

function readTool(tool: Record<string, unknown> | undefined, index: number): Tool {
  const where = `tools[${index}]`;
  if (tool?.type !== "function") throw invalidRequest(`'${where}.type' must be 'function'`, `${where}.type`);
  const { name, description, parameters, strict } = asObject(tool.function) ?? {};
  if (typeof name !== "string" || !NAME_FORM.test(name)) {
    throw invalidRequest(
      `'${where}.function.name' must be 1 to 64 letters, digits, underscores or dashes`,
      `${where}.function.name`,
    );
  }
  const schema = parameters === undefined ? { type: "object", properties: {} } : asObject(parameters);
  if (schema?.type !== "object") {
    throw invalidRequest(
      `Invalid schema for function '${name}': schema must be a JSON Schema of 'type: "object"'.`,
      `${where}.function.parameters`,
    );
  }
  if (strict === true) requireStrict(schema, `function '${name}'`, `${where}.function.parameters`);
  return { name, description: typeof description === "string" ? description : "", parameters: schema };
}

function readChoice(value: unknown, offered: Tool[]): Tools["choice"] {
  if (value === undefined || value === null) return offered.length > 0 ? "auto" : "none";
  if (offered.length === 0)
    throw invalidRequest("'tool_choice' is only allowed when 'tools' are specified.", "tool_choice");
  if (value === "auto" || value === "none" || value === "required") return value;
  const name = asObject(asObject(value)?.function)?.name;
  if (typeof name !== "string" || !offered.some((tool) => tool.name === name))
    throw invalidRequest(`Tool choice '${String(name)}' not found in 'tools' parameter.`, "tool_choice");
  return { name };
}

/**
 * The calls that the "model" makes: of the tool that must be called, else of the first one whose name or description shares a word with
 * the question; none once its results are there [guess: a model decides as it was trained].
 */
export function toolCallsOf({ offered, choice }: Tools, messages: Message[]): ToolCall[] {
  if (choice === "none" || messages.at(-1)?.role === "tool") return [];
  const question = messages.findLast(({ role }) => role === "user")?.text ?? "";
  const asked = termsOf(question);
  const isNear = ({ name, description }: Tool): boolean =>
    [...termsOf(`${name.replace(/[_-]|(?<=[a-z])(?=[A-Z])/g, " ")} ${description}`).keys()].some(
      (term) => term.length > 3 && asked.has(term),
    );
  const called =
    typeof choice === "object"
      ? offered.find(({ name }) => name === choice.name)
      : (offered.find(isNear) ?? (choice === "required" ? offered[0] : undefined));
  return called
    ? [{ id: newId("call_"), name: called.name, arguments: JSON.stringify(sampleOf(called.parameters, question)) }]
    : [];
}
