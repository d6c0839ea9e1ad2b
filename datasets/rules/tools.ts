import type * as JsonSchema from "../json/json-schema";
import { checkFunctionName } from "./names";
import { checkKeys, isObject, type JsonObject, kindOf, type Report, shown } from "./row-rules";

/** What chat calls take (Azure OpenAI's quotas and limits, 2026-10): the rows can be trained on, and the model then not be called so. */
const MAX_TOOLS = 128;
const MAX_DESCRIPTION = 1024;

/** What a row says of the functions that the model may call. */
export interface DeclaredTools {
  names: Set<string>;
  /** Whether there was a list at all. */
  declared: boolean;
}

/**
 * Checks `tools`, `parallel_tool_calls` and the deprecated `functions` (MicrosoftDocs/azure-ai-docs how-to/fine-tuning-functions.md).
 *
 * @param prefix - place in the row: `` or `input.`.
 */
export function checkTools(row: JsonObject, prefix: string, report: Report): DeclaredTools {
  const { tools, functions, parallel_tool_calls: parallel } = row;
  const names = new Set<string>();
  if (parallel !== undefined && typeof parallel !== "boolean")
    report("wrong-type", `'${prefix}parallel_tool_calls' is ${kindOf(parallel)}; expected true or false.`);
  if (tools !== undefined) {
    if (!Array.isArray(tools)) {
      report("invalid-tool-schema", `'${prefix}tools' is ${kindOf(tools)}; expected a list.`);
    } else {
      checkToolCount(tools, `${prefix}tools`, report);
      for (const [index, tool] of (tools as unknown[]).entries())
        checkTool(tool, `${prefix}tools[${index}]`, names, report);
    }
  }
  if (functions !== undefined) {
    report("deprecated-functions", `'${prefix}functions' is deprecated. Declare 'tools' and use 'tool_calls' instead.`);
    if (!Array.isArray(functions)) {
      report("invalid-tool-schema", `'${prefix}functions' is ${kindOf(functions)}; expected a list.`);
    } else {
      checkToolCount(functions, `${prefix}functions`, report);
      for (const [index, item] of (functions as unknown[]).entries())
        checkFunction(item, `${prefix}functions[${index}]`, names, report);
    }
  }
  return { names, declared: tools !== undefined || functions !== undefined };
}

function checkToolCount(tools: unknown[], where: string, report: Report): void {
  if (tools.length <= MAX_TOOLS) return;
  report(
    "too-many-tools",
    `'${where}' declares ${tools.length} functions; chat calls accept at most ${MAX_TOOLS}. Remove some.`,
  );
}

function checkTool(tool: unknown, where: string, names: Set<string>, report: Report): void {
  if (!isObject(tool)) {
    return report(
      "invalid-tool-schema",
      `${where} is ${kindOf(tool)}; expected {"type": "function", "function": {...}}.`,
    );
  }
  checkKeys(tool, ["type", "function"], where, report);
  if (tool.type !== "function")
    report("invalid-tool-schema", `${where}.type is ${shown(tool.type)}; expected "function".`);
  checkFunction(tool.function, `${where}.function`, names, report);
}

function checkFunction(definition: unknown, where: string, names: Set<string>, report: Report): void {
  if (!isObject(definition))
    return report("invalid-tool-schema", `${where} is ${kindOf(definition)}; expected an object with a 'name'.`);
  const { name, description, parameters, strict } = definition;
  checkKeys(definition, ["name", "description", "parameters", "strict"], where, report);
  if (checkFunctionName(name, "invalid-tool-schema", `${where}.name`, report)) {
    if (names.has(name))
      report("invalid-tool-schema", `${where}.name is declared twice. Give each function a name of its own.`);
    names.add(name);
  }
  if (description !== undefined && typeof description !== "string") {
    report("invalid-tool-schema", `${where}.description is ${kindOf(description)}; expected a string.`);
  } else if (typeof description === "string" && description.length > MAX_DESCRIPTION) {
    const message = `${where}.description has ${description.length} characters; chat calls accept at most ${MAX_DESCRIPTION}. Shorten it.`;
    report("long-tool-description", message);
  }
  if (strict !== undefined && strict !== null && typeof strict !== "boolean")
    report("invalid-tool-schema", `${where}.strict is ${kindOf(strict)}; expected true or false.`);
  if (parameters === null) {
    const message = `${where}.parameters is null. Omit the key, or write {"type": "object", "properties": {}}.`;
    report("null-parameters", message);
  } else if (parameters !== undefined) {
    checkParameters(parameters, `${where}.parameters`, report);
  }
}

/** A function's parameters are a JSON Schema of an object. */
function checkParameters(parameters: unknown, where: string, report: Report): void {
  if (!isObject(parameters))
    return report("invalid-tool-schema", `${where} is ${kindOf(parameters)}; expected a JSON Schema.`);
  if (parameters.type !== undefined && parameters.type !== "object") {
    return report(
      "invalid-tool-schema",
      `${where}.type is ${shown(parameters.type)}; expected "object", because a function takes named arguments.`,
    );
  }
  // Loaded with the first tool: few datasets have any, and each worker thread would wait for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { schemaFault } = require("../json/json-schema") as typeof JsonSchema;
  const fault = schemaFault(parameters);
  if (fault) report("invalid-tool-schema", `${where} is not a valid JSON Schema${fault}.`);
}
