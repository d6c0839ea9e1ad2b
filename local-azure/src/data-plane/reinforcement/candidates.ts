import { asObject } from "../../http/request";
import { sampleOf } from "../answering/schema-sample";

/** Members of a row that are no material for an answer. */
const FORM = ["messages", "tools", "functions", "parallel_tool_calls"];
const MOST = 20;

/**
 * Answers that the model tries for a row. A real model explores by sampling; this one has no knowledge of its own, so it tries the texts and
 * numbers of the row itself, one by one and all at once, and, where the job asks for JSON of a schema, such JSON made of each.
 *
 * @param responseFormat - of the job, as sent
 */
export function candidatesFor(item: Readonly<Record<string, unknown>>, responseFormat: unknown): string[] {
  const material = Object.fromEntries(Object.entries(item).filter(([name]) => !FORM.includes(name)));
  const texts = [...leavesOf(material), JSON.stringify(material)];
  const schema = asObject(asObject(asObject(responseFormat)?.json_schema)?.schema);
  const formed = schema ? texts.map((text) => sampleOf(schema, text)) : [];
  return [...new Set([...formed, ...texts])].slice(0, MOST);
}

function leavesOf(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}
