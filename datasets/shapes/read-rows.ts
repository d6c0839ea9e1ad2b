import type { FileHandle } from "node:fs/promises";
import { parse, type Parser } from "csv-parse";
import { findJsonFaults } from "../json/strict-json";
import { keyName } from "../rules/row-rules";
import type { Container } from "./container";
import { LineSplitter, MAX_PIECE, type Piece, ValueSplitter } from "./split-values";
import type { TableFormat } from "./table";
import { decodedOnce, isTurnList } from "./turn-list";

/** One row as it was read, or why it can't be. */
export interface ReadRow {
  /** Of its start. */
  line: number;
  /** Number among the values of an array, or of a file of values that stretch over lines: from 1. */
  item?: number;
  text: string;
  value?: unknown;
  refusal?: string;
}

/**
 * Reads the rows of a file one after the other; memory is bounded by the longest row.
 *
 * @throws SyntaxError or RangeError when rows can't be separated any more; TypeError for bytes that are not UTF-8.
 */
export async function* readRows(handle: FileHandle, container: Container): AsyncGenerator<ReadRow> {
  if (container.table) {
    yield* tableRows(handle, container.table);
    return;
  }
  const lines = container.kind !== "array" && container.kind !== "objects";
  const splitter = lines ? new LineSplitter() : new ValueSplitter(container.kind === "array");
  let item = 0;
  for await (const { part, last } of textParts(handle)) {
    for (const piece of splitter.add(part, last)) {
      if (piece.text.trim() === "") continue;
      item++;
      yield { ...rowOf(piece, container), ...(!lines && { item }) };
    }
  }
}

function rowOf({ text, line }: Piece, { kind }: Container): ReadRow {
  const json = kind === "comma-lines" ? text.trimEnd().replace(/,$/, "") : text;
  const outer = read(json);
  if ("refusal" in outer || kind !== "encoded-lines") return { line, text, ...outer };
  if (typeof outer.value !== "string")
    return { line, text, refusal: "The line is not a string that contains JSON, unlike the other lines." };
  return { line, text, ...read(outer.value) };
}

function read(text: string): { value: unknown } | { refusal: string } {
  const bytes = utf8.encode(text);
  const { error, duplicateKeys } = findJsonFaults(bytes, 0, bytes.length);
  if (error) return { refusal: `Not JSON: ${error.reason}.` };
  if (duplicateKeys.length > 0)
    return { refusal: `An object has the key ${keyName(duplicateKeys[0]!)} twice. Remove one.` };
  return { value: JSON.parse(text) as unknown };
}

const utf8 = new TextEncoder();

/** The file's text without a byte order mark, in parts that end between characters. */
async function* textParts(handle: FileHandle): AsyncGenerator<{ part: string; last: boolean }> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const stream = handle.createReadStream({
    start: 0,
    autoClose: false,
    highWaterMark: 1 << 18,
  }) as AsyncIterable<Buffer>;
  for await (const bytes of stream) yield { part: decoder.decode(bytes, { stream: true }), last: false };
  yield { part: decoder.decode(), last: true };
}

/** Rows by column; cells that hold a list of turns as JSON become that list, and all other ones stay text. */
async function* tableRows(handle: FileHandle, { delimiter, columns }: TableFormat): AsyncGenerator<ReadRow> {
  const doubled = columns.find((name, index) => columns.indexOf(name) !== index);
  if (doubled !== undefined) throw new SyntaxError(`Two columns have the name ${keyName(doubled)}. Rename one.`);
  const stream = handle.createReadStream({ start: 0, autoClose: false });
  const options = {
    delimiter,
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_PIECE,
  };
  const parser: Parser = parse(options);
  stream.on("error", (error) => parser.destroy(error));
  stream.pipe(parser);
  let line = 1;
  let first = true;
  for await (const item of parser as AsyncIterable<{ record: string[]; raw: string; info: { lines: number } }>) {
    const { record, raw, info } = item;
    const started = line;
    line = info.lines + 1;
    if (first) {
      first = false;
      continue;
    }
    const text = raw.trimEnd();
    if (record.length !== columns.length) {
      yield {
        line: started,
        text,
        refusal: `It has ${record.length} columns, but the header has ${columns.length}. Quote cells that contain the delimiter.`,
      };
      continue;
    }
    if (record.some((cell) => cell.includes("\ufffd"))) {
      yield { line: started, text, refusal: "It contains bytes that are not UTF-8. Save the file as UTF-8." };
      continue;
    }
    const cells = columns.map((name, index) => [name, cellOf(record[index]!)] as const);
    yield { line: started, text, value: Object.fromEntries(cells) };
  }
}

function cellOf(cell: string): unknown {
  const decoded = decodedOnce(cell);
  return isTurnList(decoded) ? decoded : cell;
}
