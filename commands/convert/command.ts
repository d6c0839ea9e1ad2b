import { counted } from "../../format/count";
import type { FileHandle } from "node:fs/promises";
import { CommanderError } from "commander";
import { refuseExisting } from "../refuse-existing";
import { printable } from "../../azure-openai/printable-text";
import { systemError } from "../../azure-openai/system-error";
import { DatasetFile } from "../../datasets/dataset-file";
import { keyName } from "../../datasets/rules/row-rules";
import { type Container, containerOf, type NamedColumns, readRows, readSample, shapeOf } from "../../datasets/shapes";
import { quoted } from "../../format/quoted";
import { UserError } from "../../stack/command";
import type { Output } from "../validate/output";
import { Converter } from "./converter";
import { NewFile } from "./new-file";
import { type ConvertOptions, convertProgram } from "./options";
import { placeOf, Refusals } from "./refusals";
import { shownRow } from "./shown-row";

/** Rows that are shown before and after. */
const SHOWN_ROWS = 3;

/**
 * `npm run -s convert`: writes a dataset of a file in another format.
 *
 * @returns the exit code: 0 all rows converted, 1 rows refused.
 * @throws CommanderError for an invalid command line (after reporting it on `err`); UserError when nothing was written.
 */
export function convertCommand(args: string[], out: Output, err: Output): Promise<number> {
  return convert(args, printableOutput(out), printableOutput(err));
}

/** Names of files and members, and text of rows, can't steer the terminal. */
function printableOutput(output: Output): Output {
  return { write: (text) => output.write(printable(text)) };
}

async function convert(args: string[], out: Output, err: Output): Promise<number> {
  const program = convertProgram()
    .exitOverride()
    .configureOutput({ writeOut: (text) => out.write(text), writeErr: (text) => err.write(text) });
  program.parse(args, { from: "user" });
  const options = program.opts<ConvertOptions>();
  const [path] = program.args as [string];
  const named = namedColumns(options, err);
  refuseExisting(options.out, "convert", (text) => void err.write(text));
  const file = await DatasetFile.open(path);
  if (typeof file === "string") throw new UserError(file);
  try {
    const container = containerOf(await readSample(file.handle, file.bytes));
    refuseUnreadable(path, container, options);
    refuseUnknownColumns(path, container, options);
    return await convertFile(file, container, { ...options, named }, out);
  } finally {
    await file.close();
  }
}

/** @throws CommanderError when only one of the two is given */
function namedColumns({ prompt, answer, system }: ConvertOptions, err: Output): NamedColumns | undefined {
  if (prompt !== undefined && answer !== undefined) return { prompt, answer, system };
  if (prompt === undefined && answer === undefined && system === undefined) return undefined;
  const message = "--prompt and --answer (the question and answer columns) must be used together.";
  err.write(`error: ${message}\n`);
  throw new CommanderError(2, "convert.columns", message);
}

/** A misspelt column of a table is one mistake, not one of each row. */
function refuseUnknownColumns(path: string, { table }: Container, { prompt, answer, system }: ConvertOptions): void {
  if (!table) return;
  const known = new Set(table.columns.map((column) => column.toLowerCase()));
  for (const [option, name] of Object.entries({ prompt, answer, system })) {
    if (name === undefined || known.has(name.toLowerCase())) continue;
    const columns = table.columns.map((column) => keyName(column)).join(", ");
    throw new UserError(`'${path}' has no column ${keyName(name)} (--${option}); its columns are ${columns}.`);
  }
}

function refuseUnreadable(
  path: string,
  { readable, what, advice, kind, rows = [] }: Container,
  options: ConvertOptions,
): void {
  if (!readable) throw new UserError(`'${path}' is ${what ?? "in an unknown format"}. ${advice ?? ""}`.trim());
  if (kind !== "lines" || rows.length === 0) return;
  if (options.drop.length > 0 || options.method !== undefined || options.prompt !== undefined) return;
  const ours = rows.every((row) => ["chat", "preference-row"].includes(shapeOf(row)?.id ?? ""));
  const method = rows.every((row) => shapeOf(row)?.id === "preference-row") ? " --method dpo" : "";
  if (ours) {
    throw new UserError(
      `'${path}' does not need converting. Check it: npm run -s validate -- ${quoted(path)}${method}`,
    );
  }
}

async function convertFile(
  file: DatasetFile,
  container: Container,
  options: ConvertOptions & { named?: NamedColumns },
  out: Output,
): Promise<number> {
  const converter = new Converter(options.method, options.drop, container.table?.columns, options.named);
  const target = await created(options.out);
  let done: Done;
  try {
    done = await convertRows(file.handle, container, converter, target, out);
    await file.assertUnchanged();
    if (done.written === 0) throw new UserError("No row of the file could be converted.");
    await target.finish();
  } catch (error) {
    throw explained(error, options.out);
  } finally {
    await target.discard();
  }
  out.write(summary(done, converter, options));
  return done.refused > 0 ? 1 : 0;
}

interface Done {
  written: number;
  refused: number;
}

async function convertRows(
  handle: FileHandle,
  container: Container,
  converter: Converter,
  target: NewFile,
  out: Output,
): Promise<Done> {
  let written = 0;
  const refusals = new Refusals();
  try {
    for await (const read of readRows(handle, container)) {
      const converted = converter.convert(read);
      if ("refusal" in converted) {
        refusals.add(read, converted.refusal);
        continue;
      }
      const line = JSON.stringify(converted.row);
      if (written++ < SHOWN_ROWS)
        out.write(`${placeOf(read)}\n  before: ${shownRow(read.text.trim())}\n  after:  ${shownRow(line)}\n`);
      await target.line(line);
    }
  } finally {
    out.write(refusals.text());
  }
  return { written, refused: refusals.count };
}

function created(path: string): Promise<NewFile> {
  return NewFile.create(path).catch((error: Error) => {
    throw new UserError(systemError(error, path) ?? `'${path}' cannot be written: ${error.message}`);
  });
}

/** A sentence for what people can fix; anything else is our bug. */
function explained(error: unknown, path: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const known =
    error instanceof UserError || error instanceof SyntaxError || error instanceof RangeError || code !== undefined;
  if (code === "EEXIST")
    return new UserError(`'${path}' was created in the meantime and will not be overwritten. Choose another file.`);
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA")
    return new UserError(`The file is not UTF-8. Save it as UTF-8. '${path}' was not written.`);
  const sentence = systemError(error, path);
  if (sentence !== undefined) return new UserError(`${sentence} '${path}' was not written.`);
  // The second comes from DatasetFile.
  return known || /changed/.test(message) ? new UserError(`${message} '${path}' was not written.`) : error;
}

function summary({ written, refused }: Done, { shapes, target, dropped }: Converter, { out }: ConvertOptions): string {
  const rows = (count: number) => counted(count, "row");
  const lines = [...shapes].map(([title, count]) => `${rows(count)} in ${title}`);
  lines.push(
    `Wrote ${rows(written)} for method ${target} to ${out}${refused > 0 ? `; ${rows(refused)} could not be converted and ${refused === 1 ? "was" : "were"} left out` : ""}.`,
  );
  if (dropped.size > 0) lines.push(`Dropped, as requested: ${[...dropped].map(shownRow).join(", ")}.`);
  lines.push(`Check it: npm run -s validate -- ${quoted(out)}${target === "supervised" ? "" : ` --method ${target}`}`);
  return `${lines.join("\n")}\n`;
}
