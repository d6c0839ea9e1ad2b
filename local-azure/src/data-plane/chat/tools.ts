import { asObject } from "../../http/request";
import type { Functions, OfferedFunction } from "../answering/functions";
import { validatorOf } from "../answering/schema-validator";
import { invalidRequest } from "./chat-error";
import { readFlag } from "./parameters";
import { requireStrict } from "./strict-schema";

const MAX_TOOLS = 128;
const NAME_FORM = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * The functions that a chat request offers: as `tools`, or as `functions`, their forerunner.
 * @throws AzureError 400; limits and forms: v1 specification, texts: guess
 */
export function readFunctions(body: Record<string, unknown>): { functions: Functions; legacyCalls: boolean } {
  const legacyCalls = Array.isArray(body.functions);
  const offered = legacyCalls
    ? (body.functions as unknown[]).map((one, index) => readFunction(asObject(one), `functions[${index}]`, "functions"))
    : readTools(body.tools);
  const choice = legacyCalls ? readLegacyChoice(body.function_call, offered) : readChoice(body.tool_choice, offered);
  const parallel = readFlag(body.parallel_tool_calls, "parallel_tool_calls");
  if (parallel !== undefined && body.tools === undefined)
    throw invalidRequest("'parallel_tool_calls' is only allowed when 'tools' are specified.", "parallel_tool_calls");
  return { functions: { offered, choice, parallel: parallel !== false && !legacyCalls }, legacyCalls };
}

function readTools(value: unknown): OfferedFunction[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > MAX_TOOLS)
    throw invalidRequest(`'tools' must be a list of up to ${MAX_TOOLS} tools`, "tools");
  if (value.length === 0) {
    const sentence =
      "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty array instead.";
    throw invalidRequest(sentence, "tools", "empty_array");
  }
  return value.map((tool, index) => {
    const given = asObject(tool);
    if (given?.type !== "function")
      throw invalidRequest(`'tools[${index}].type' must be 'function'`, `tools[${index}].type`);
    return readFunction(asObject(given.function), `tools[${index}].function`, "tools");
  });
}

/** @param where - place of the function in the body, for refusals */
export function readFunction(given: Record<string, unknown> | undefined, where: string, list: string): OfferedFunction {
  const { name, description, parameters, strict } = given ?? {};
  if (typeof name !== "string" || !NAME_FORM.test(name))
    throw invalidRequest(`'${where}.name' must be 1 to 64 letters, digits, underscores or dashes`, `${where}.name`);
  const param = `${where}.parameters`;
  const schema =
    parameters === undefined || parameters === null ? { type: "object", properties: {} } : asObject(parameters);
  const what = `function '${name}'`;
  if (schema?.type !== "object") {
    const type = JSON.stringify(schema?.type ?? null);
    throw invalidRequest(
      `Invalid schema for ${what}: schema must be a JSON Schema of 'type: "object"', got 'type: ${type}'.`,
      param,
    );
  }
  if (strict === true) requireStrict(schema, what, param);
  requireSchema(schema, what, list === "tools" ? param : list);
  return { name, description: typeof description === "string" ? description : "", parameters: schema };
}

/** @throws AzureError 400 for what is no JSON schema */
export function requireSchema(schema: Record<string, unknown>, what: string, param: string): void {
  try {
    validatorOf(schema);
  } catch (error) {
    throw invalidRequest(`Invalid schema for ${what}: ${(error as Error).message}`, param);
  }
}

function readLegacyChoice(value: unknown, offered: OfferedFunction[]): Functions["choice"] {
  if (value === "none" || value === "auto") return value;
  if (value === undefined || value === null) return offered.length > 0 ? "auto" : "none";
  return named(asObject(value)?.name, offered, "function_call", "functions");
}

export function readChoice(value: unknown, offered: OfferedFunction[]): Functions["choice"] {
  if (value === undefined || value === null) return offered.length > 0 ? "auto" : "none";
  if (offered.length === 0 && value !== "none")
    throw invalidRequest("'tool_choice' is only allowed when 'tools' are specified.", "tool_choice");
  if (value === "auto" || value === "none" || value === "required") return value;
  // Chat names it inside `function`, the Responses API beside the type.
  const given = asObject(value);
  return named(asObject(given?.function)?.name ?? given?.name, offered, "tool_choice", "tools");
}

function named(name: unknown, offered: OfferedFunction[], member: string, list: string): Functions["choice"] {
  if (typeof name !== "string" || !offered.some((one) => one.name === name))
    throw invalidRequest(`Tool choice '${String(name)}' not found in '${list}' parameter.`, member);
  return { name };
}
