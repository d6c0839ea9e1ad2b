import { count, counted } from "../../format/count";
import type { Limits } from "../../catalog";
import { eachCountedRow } from "../scan/each-row";
import type { RowTable } from "../scan/row-table";
import type { FindingList } from "../findings";
import type { FileRole } from "../report";
import type { ChunkResult } from "../scan/chunk-result";

/** More different system messages than these are not counted: their number is bounded, whatever a file holds. */
const MAX_SYSTEMS = 1000;

/** What chunks say of a file that no row's columns hold. */
export class FileSummary {
  bom = false;
  imageRows = 0;
  estimatedRows = 0;
  /** Line of the first estimated row. */
  firstEstimated = 0;
  private lineBreaks = 0;

  /** Takes the next chunk, in the order of the file. */
  add(chunk: ChunkResult): void {
    if (chunk.index === 0) this.bom = chunk.findings["byte-order-mark"] !== undefined;
    if (this.estimatedRows === 0 && chunk.estimatedRows > 0)
      this.firstEstimated = this.lineBreaks + 1 + chunk.firstEstimated;
    this.estimatedRows += chunk.estimatedRows;
    this.imageRows += chunk.imageRows;
    this.lineBreaks += chunk.lines;
  }
}

/**
 * What a file's size alone says. Files go in one request or in parts (dynamic-providers/training-file), and Azure gives a limit for each:
 * 512 MB for a file, and 8 GB for an upload in parts in its documents (foundry-classic/openai/how-to/fine-tuning-troubleshoot.md), where
 * its schema has 9 GB. The smaller one is followed. Whether the limit for a file also holds for one in parts is not documented.
 */
export function sizeFinding(
  bytes: number,
  { maxFileBytes, maxUploadBytes }: Limits,
): { code: "file-too-large" | "large-file"; message: string } | undefined {
  if (bytes > maxUploadBytes) {
    const message = `The file has ${count(bytes)} bytes; an upload can have at most ${count(maxUploadBytes)} (${gigabytes(maxUploadBytes)}, in parts). Remove some examples. The file was not read.`;
    return { code: "file-too-large", message };
  }
  if (bytes <= maxFileBytes) return undefined;
  const message = `The file has ${count(bytes)} bytes, over Azure's documented limit of ${count(maxFileBytes)} for a file. The documentation also allows multipart uploads of up to ${gigabytes(maxUploadBytes)}, so the file is uploaded in parts, but the service may still reject it. To be safe, remove some examples.`;
  return { code: "large-file", message };
}

/** Checks what only the whole file shows. Row findings of the chunks must be in `findings` already. */
export async function checkFile(
  findings: FindingList,
  summary: FileSummary,
  table: RowTable,
  file: { role: FileRole; bytes: number; lineOf: (line: number) => string },
  limits: Limits,
): Promise<void> {
  const { role, bytes, lineOf } = file;
  const { rows } = table;
  const { minTrainingExamples, maxImageExamples } = limits;
  if (rows === 0) {
    findings.add("file-empty", 0, "The file contains no examples. Write one JSON object per line.");
  } else if (role === "training" && rows < minTrainingExamples) {
    const message = `The file has ${counted(rows, "example")}; the service requires at least ${minTrainingExamples}. Add more.`;
    findings.add("too-few-examples", 0, message);
  }
  const large = sizeFinding(bytes, limits);
  if (large) findings.add(large.code, 0, large.message);
  if (summary.imageRows > maxImageExamples) {
    const message = `${count(summary.imageRows)} examples contain images; the service accepts at most ${count(maxImageExamples)} in a file. Remove some.`;
    findings.add("too-many-images", 0, message);
  }
  findings.summarize(
    "carriage-return",
    (lines) =>
      `${counted(lines, "line")} end${lines === 1 ? "s" : ""} with CR LF. Save the file with LF line endings (Unix).`,
  );
  await checkSystemMessages(findings, table, lineOf);
  if (summary.estimatedRows === 0) return;
  const estimated = `The token counts of ${counted(summary.estimatedRows, "example")} with tools, images or content parts are estimates (docs/datasets.md explains how they are made).`;
  findings.add("tokens-estimated", summary.firstEstimated, estimated);
}

/** A model learns the system message it is trained with; a mixture is often a slip. */
async function checkSystemMessages(
  findings: FindingList,
  table: RowTable,
  lineOf: (line: number) => string,
): Promise<void> {
  const { systems, more } = await systemMessages(table);
  table.dropSystems();
  if (systems.length < 2) return;
  const [main, second] = [...systems].sort((a, b) => b.count - a.count || a.line - b.line);
  const number = `${more ? "more than " : ""}${count(systems.length)}`;
  const message = `The examples have ${number} different system messages (having none counts as one); ${counted(main!.count, "example")} use${main!.count === 1 ? "s" : ""} the most common (first on ${lineOf(main!.line)}), another starts on ${lineOf(second!.line)}. Use the same system message in all examples, unless the model should respond differently to each.`;
  findings.add("differing-system-prompts", systems[1]!.line, message);
}

interface SystemMessage {
  count: number;
  /** Its first line. */
  line: number;
}

/** The first different system messages in the order of the lines: by row, since chunks have other borders in every mode. */
async function systemMessages(table: RowTable): Promise<{ systems: SystemMessage[]; more: boolean }> {
  const systems = new Map<number, SystemMessage>();
  let more = false;
  await eachCountedRow(table, (row) => {
    const hash = table.systems[row]!;
    const system = systems.get(hash);
    if (system) system.count++;
    else if (systems.size < MAX_SYSTEMS) systems.set(hash, { count: 1, line: table.lines[row]! });
    else more = true;
  });
  return { systems: [...systems.values()], more };
}

function gigabytes(bytes: number): string {
  return `${count(bytes / 1e9)} GB`;
}
