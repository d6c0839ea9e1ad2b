import { jsonPaths } from "../../../graders/json-paths";
import { readDemands } from "../../../graders/read-demands";
import { fillSchema } from "./fill-schema";
import type { SampleRow } from "./sample-rows";

/** An answer that a model might have given to a row. */
export interface SampleAnswer {
  text: string;
  /** Where it is from; its text is the dataset's, and is never told. */
  from: string;
}

/** No reference, and no JSON: a good grader scores it low. */
const NO_ANSWER = "I don't know.";
/** Keys of a row that are no material for an answer. */
const FORM = ["messages", "tools", "functions", "parallel_tool_calls"];
/** Keys of a row that are tried as its answer. */
const MOST_KEYS = 2;

/**
 * Answers to try a grader on before there is a model: what the grader reads of the row itself, which should score high, the same of another row
 * and a text that answers nothing, which should score low, and those that the settings give.
 *
 * @param given - `graderTrial.answers`
 */
export function sampleAnswers(
  row: SampleRow,
  rows: readonly SampleRow[],
  grader: Readonly<Record<string, unknown>>,
  responseFormat: unknown,
  given: readonly string[],
): SampleAnswer[] {
  const formed = (text: string) => inForm(text, grader, responseFormat);
  const own = keysOf(row, grader).flatMap((path) => {
    const name = path.join(".");
    const value = textAt(row.item, path);
    if (value === undefined) return [];
    const other = rows.map(({ item }) => textAt(item, path)).find((text) => text !== undefined && text !== value);
    return [
      { text: formed(value), from: `the row's own ${name}` },
      ...(other === undefined ? [] : [{ text: formed(other), from: `another row's ${name}` }]),
    ];
  });
  const all = [
    ...own,
    { text: formed(NO_ANSWER), from: `the text "${NO_ANSWER}"` },
    ...given.map((text, index) => ({ text, from: `graderTrial.answers[${index}]` })),
  ];
  return all.filter(({ text }, index) => all.findIndex((one) => one.text === text) === index);
}

/** What the grader's templates read of a row; where they read nothing, as of Python, the keys that the row has for it. */
function keysOf({ item }: SampleRow, grader: Readonly<Record<string, unknown>>): string[][] {
  const read = readDemands(grader).paths.filter(([key]) => !FORM.includes(key!));
  const all = Object.keys(item).filter((key) => !FORM.includes(key));
  return (read.length > 0 ? read : all.map((key) => [key])).slice(0, MOST_KEYS);
}

function textAt(item: unknown, path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>(
    (inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key],
    item,
  );
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** As JSON where the job asks for it, or the grader reads it so. A text that is a JSON object already stays as it is. */
function inForm(text: string, grader: Readonly<Record<string, unknown>>, responseFormat: unknown): string {
  const format = responseFormat as { json_schema?: { schema?: unknown } } | undefined;
  const schema = format?.json_schema?.schema;
  const paths = jsonPaths(grader);
  if (schema === undefined && paths.length === 0) return text;
  if (/^\s*\{/.test(text)) return text;
  if (schema !== undefined) return JSON.stringify(fillSchema(schema, text));
  const answer: Record<string, unknown> = {};
  for (const path of paths) put(answer, path, text);
  return JSON.stringify(answer);
}

function put(root: Record<string, unknown>, path: readonly string[], value: string): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) root[key] = value;
  else put((root[key] ??= {}) as Record<string, unknown>, rest, value);
}
