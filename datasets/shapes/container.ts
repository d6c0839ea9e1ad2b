import { isObject, keyName } from "../rules/row-rules";
import { otherFormat } from "./other-formats";
import type { Sample } from "./sample";
import { LineSplitter, type Piece, ValueSplitter } from "./split-values";
import { firstRecords, type TableFormat, tableFormatOf } from "./table";

/** How a file holds its rows. */
export interface Container {
  kind: "lines" | "encoded-lines" | "comma-lines" | "array" | "objects" | "table" | "other";
  table?: TableFormat;
  /** After "The file is"; absent for one JSON value per line. */
  what?: string;
  /** What to do, where it is not a matter of the rows' shape. */
  advice?: string;
  /** The first rows; absent where they can't be read. */
  rows?: unknown[];
  /** Whether the rows can be read at all. */
  readable: boolean;
}

/** Rows that are looked at. */
const SAMPLED = 20;

const PYTHON =
  '`python -c "import ast,json,sys; [print(json.dumps(ast.literal_eval(l), ensure_ascii=False)) for l in sys.stdin if l.strip()]" < FILE > NEW.jsonl` ' +
  "writes it as JSON; in your own script write rows with json.dumps(row), not with str(row) or print(row).";

/** Recognizes how a file holds its rows, by its start. */
export function containerOf(sample: Sample): Container {
  const other = otherFormat(sample);
  if (other) return { kind: "other", readable: false, ...other };
  const text = sample.text.trimStart();
  if (/^[[({]+\s*u?'/.test(text) || /^\{\s*"(\\.|[^"\\])*"\s*:\s*(True|False|None|')/.test(text)) {
    return {
      kind: "other",
      what: "text that Python prints for dicts (single quotes, True, None), not JSON",
      advice: PYTHON,
      readable: false,
    };
  }
  if (/^\{[ \t]*\{/.test(text)) return doubledBraces();
  const lines = firstLines(sample);
  if (text.startsWith("[")) return arrayOrLists(sample, lines);
  if (text.startsWith('"')) {
    const encoded = encodedLines(lines);
    if (encoded) return encoded;
  }
  if (text.startsWith("{")) return objects(sample, lines);
  const table = tableFormatOf(sample);
  if (!table) return { kind: "lines", rows: [], readable: true };
  const columns = table.columns.map((column) => keyName(column)).join(", ");
  const name =
    table.delimiter === "\t"
      ? "TSV (columns separated by tabs)"
      : `CSV (columns separated by ${JSON.stringify(table.delimiter)})`;
  return {
    kind: "table",
    table,
    what: `a ${name} with the columns ${columns}, not JSON Lines`,
    rows: firstRecords(sample, table, SAMPLED),
    readable: true,
  };
}

function firstLines(sample: Sample): Piece[] {
  const found: Piece[] = [];
  // A line that the sample cuts is none.
  for (const piece of new LineSplitter().add(sample.text, sample.whole)) {
    if (piece.text.trim() !== "") found.push(piece);
    if (found.length === SAMPLED) break;
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function known(values: unknown[]): unknown[] {
  return values.filter((value) => value !== undefined);
}

/** One array with the rows, or lines that hold an array each. */
function arrayOrLists(sample: Sample, lines: readonly Piece[]): Container {
  const values = known(lines.map(({ text }) => parsed(text)));
  if (values.length > 1 && values.length === lines.length) return { kind: "lines", rows: values, readable: true };
  const rows = firstValues(sample, true);
  if (!rows || (rows.length === 0 && lines.length === 1 && !/^\s*\[\s*(\{|\]?\s*$)/.test(lines[0]!.text)))
    return { kind: "lines", rows: values, readable: true };
  const what =
    "one JSON array, not JSON Lines. Put each item on its own line, without the brackets and commas around them";
  return { kind: "array", what, rows, readable: true };
}

/** Up to 20 values, as far as the sample holds them; nothing when there is something else between them. */
function firstValues(sample: Sample, inArray: boolean): unknown[] | undefined {
  const rows: unknown[] = [];
  try {
    for (const { text } of new ValueSplitter(inArray).add(sample.text.trimStart())) {
      rows.push(parsed(text));
      if (rows.length === SAMPLED) break;
    }
  } catch {
    if (rows.length === 0) return undefined;
  }
  return known(rows);
}

function objects(sample: Sample, lines: readonly Piece[]): Container {
  const values = lines.map(({ text }) => parsed(text));
  const [first] = lines;
  const isCrOnly = sample.text.includes("\r") && !sample.text.includes("\n");
  if (isCrOnly && known(values).length * 2 > lines.length && lines.length > 1) {
    const what =
      "a file whose lines end with a carriage return (CR) alone, so that the service reads it as one line. Save it with LF line endings (Unix)";
    return { kind: "comma-lines", what, rows: known(values), readable: true };
  }
  if (known(values).length > 0 || !first) {
    const wrapper = lines.length === 1 && sample.whole ? wrapperOf(values[0]) : undefined;
    return wrapper ?? { kind: "lines", rows: known(values), readable: true };
  }
  const commas = known(lines.map(({ text }) => parsed(text.trimEnd().replace(/,$/, ""))));
  if (commas.length * 2 > lines.length) {
    return {
      kind: "comma-lines",
      what: "rows with a comma after each line, not JSON Lines. Remove the commas",
      rows: commas,
      readable: true,
    };
  }
  const spread = firstValues(sample, false);
  if (!spread || spread.length === 0) return { kind: "lines", rows: [], readable: true };
  const wrapper = spread.length === 1 && sample.whole ? wrapperOf(spread[0]) : undefined;
  return (
    wrapper ?? {
      kind: "objects",
      what: "pretty-printed JSON, not JSON Lines. Put each object on one line",
      rows: spread,
      readable: true,
    }
  );
}

/** One object around all rows. */
function wrapperOf(value: unknown): Container | undefined {
  if (!isObject(value)) return undefined;
  const [key, ...others] = Object.entries(value).filter(
    ([, item]) =>
      Array.isArray(item) &&
      item.length > 1 &&
      item.every(isObject) &&
      item.every((row) => !("role" in row) && !("from" in row) && !("parts" in row)),
  );
  if (!key || others.length > 0 || "contents" in value) return undefined;
  const name = /^\w+$/.test(key[0]) ? key[0] : "KEY";
  const what = `one JSON object with the rows in its key ${keyName(key[0])}, not JSON Lines`;
  return {
    kind: "other",
    what,
    rows: (key[1] as unknown[]).slice(0, SAMPLED),
    readable: false,
    advice: `\`jq -c '.${name}[]' FILE > NEW.jsonl\` writes one row per line.`,
  };
}

/** Lines of strings that hold JSON. */
function encodedLines(lines: readonly Piece[]): Container | undefined {
  const texts = lines.map(({ text }) => parsed(text)).filter((value) => typeof value === "string");
  const rows = known(texts.map((text) => parsed(text))).filter(isObject);
  if (texts.length * 2 <= lines.length || rows.length * 2 <= lines.length) return undefined;
  return {
    kind: "encoded-lines",
    what: "JSON that was encoded twice: each line is a string that contains the JSON of a row. Encode each row once",
    rows,
    readable: true,
  };
}

function doubledBraces(): Container {
  return {
    kind: "other",
    what: 'rows that begin with a doubled brace, "{{", which is not JSON: it comes from a page or template that writes one brace as two',
    advice: 'Write each row with single braces, {"...": ...}, on one line.',
    readable: false,
  };
}
