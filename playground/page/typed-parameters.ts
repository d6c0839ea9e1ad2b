import * as z from "zod";
import type { ChatTool, ResponseFormat } from "../../azure-openai/chat-types";
import { firstMistake, mostStops, mostTools, responseFormatShape, toolShape } from "../chat-shapes";

/** What a text means; `wrong` says why it isn't sent. Neither: the text is empty. */
export interface Reading<T> {
  value?: T;
  wrong?: string;
}

/** Stop sequences, one a line; `\n` and `\t` stand for the characters, `\\` for a backslash. */
export function readStop(text: string): Reading<string[]> {
  const stops = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/\\([nt\\])/g, (_, letter: string) => escapes[letter]!));
  if (stops.length === 0) return {};
  if (stops.length <= mostStops) return { value: stops };
  return { wrong: `Not sent: expected up to ${mostStops} sequences, one per line; there are ${stops.length}.` };
}

const escapes: Record<string, string> = { n: "\n", t: "\t", "\\": "\\" };

/** The text of which readStop makes these. */
export function writeStop(stops: string[] = []): string {
  return stops.map((stop) => stop.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t")).join("\n");
}

/** The format of the answer. A schema is `{"name", "schema", "strict"}`, as the API takes it, or the bare schema. */
export function readFormat({ format, schema }: { format: string; schema: string }): Reading<ResponseFormat> {
  if (format === "text") return {};
  if (format === "json_object") return { value: { type: "json_object" } };
  if (schema.trim() === "") return { wrong: "Not sent: enter a JSON schema." };
  return readJson(schema, (given) => {
    const own = given as Record<string, unknown>;
    const named = isObject(given) && "schema" in own ? own : { name: "answer", schema: given };
    return read(responseFormatShape, { type: "json_schema", ...named }, "the schema");
  });
}

/** Tools as the API takes them (`[{"type": "function", "function": {"name", ...}}]`), or their functions alone. */
export function readTools(text: string): Reading<ChatTool[]> {
  if (text.trim() === "") return {};
  return readJson(text, (given) => {
    const list: unknown[] = Array.isArray(given) ? given : [given];
    const { value, wrong } = read(z.array(toolShape).max(mostTools), list.map(bare), "the list");
    return value?.length === 0 ? {} : { value, wrong };
  });
}

function bare(tool: unknown): unknown {
  return isObject(tool) && tool["type"] === "function" && "function" in tool ? tool["function"] : tool;
}

function readJson<T>(text: string, use: (given: unknown) => Reading<T>): Reading<T> {
  try {
    return use(JSON.parse(text));
  } catch (error) {
    return { wrong: `Not sent: this is not valid JSON (${(error as Error).message}).` };
  }
}

function read<T>(shape: z.ZodType<T>, given: unknown, whole: string): Reading<T> {
  const { data, error } = shape.safeParse(given);
  return error ? { wrong: `Not sent: ${firstMistake(error, whole)}` } : { value: data };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
