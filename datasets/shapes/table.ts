import { parse } from "csv-parse/sync";
import type { Sample } from "./sample";

/** A file of columns. */
export interface TableFormat {
  delimiter: string;
  columns: string[];
}

const delimiters = [",", "\t", ";", "|"];
/** Words of a header that distinguish a table from text with commas. */
const header =
  /^(prompt|completion|question|answer|instruction|input|output|response|query|system|messages|conversations?|chosen|rejected|text|label|user|assistant|context|target|source|id|category)s?$/i;

/** Columns and delimiter, if the file starts with a header of names; the rows need not fit it. */
export function tableFormatOf(sample: Sample): TableFormat | undefined {
  for (const delimiter of delimiters) {
    const records = recordsOf(sample, delimiter, 3);
    const [columns] = records;
    if (!columns || columns.length < 2 || !columns.every((name) => name.length <= 60 && !/[{}[\]]/.test(name)))
      continue;
    // A sentence with a comma has no second line of as many parts, or it ends like one.
    const looksNamed = columns.every(
      (name) => /^[\p{L}\p{N}][\p{L}\p{N}_ .()/-]{0,39}$/u.test(name.trim()) && !/[.!?]$/.test(name.trim()),
    );
    const namesKnown = columns.some((name) => header.test(name.trim()));
    if (
      namesKnown ||
      (records.length > 1 &&
        records.slice(1).every((record) => record.length === columns.length && (columns.length > 2 || looksNamed)))
    )
      return { delimiter, columns: columns.map((name, index) => name.trim() || `column_${index + 1}`) };
  }
  return undefined;
}

/** The first records by column. */
export function firstRecords(
  sample: Sample,
  { delimiter, columns }: TableFormat,
  count: number,
): Record<string, string>[] {
  const records = recordsOf(sample, delimiter, count + 1).slice(1);
  return records.map((record) => Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ""])));
}

function recordsOf(sample: Sample, delimiter: string, to: number): string[][] {
  try {
    return parse(sample.text, { delimiter, to, relax_column_count: true, skip_empty_lines: true, bom: true });
  } catch {
    return [];
  }
}
