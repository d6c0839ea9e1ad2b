import type { Limits } from "../catalog";
import type { RowTable } from "./duplicates/row-table";
import type { FindingList } from "./findings";
import type { FileRole } from "./report";
import { type ChunkResult, NOT_COUNTED } from "./scan/chunk-result";

/** More different system messages than these are not told apart: their number is bounded, whatever a file holds. */
const MAX_SYSTEMS = 1000;
const none = new Uint32Array(0);

/** Checks what only the whole file shows. Row findings of the chunks must be in `findings` already. */
export function checkFile(
  findings: FindingList,
  chunks: ChunkResult[],
  table: RowTable,
  file: { role: FileRole; bytes: number },
  limits: Limits,
): void {
  const { role, bytes } = file;
  const { rows } = table;
  const { minTrainingExamples, maxFileBytes, maxImageExamples } = limits;
  if (rows === 0) {
    findings.add("file-empty", 0, "The file holds no examples: write one JSON object per line.");
  } else if (role === "training" && rows < minTrainingExamples) {
    const message = `The file has ${count(rows, "example")}; the service wants at least ${minTrainingExamples}: add more.`;
    findings.add("too-few-examples", 0, message);
  }
  if (bytes > maxFileBytes) {
    const message = `The file has ${format(bytes)} bytes; the service takes ${format(maxFileBytes)} (512 MB): leave examples out.`;
    findings.add("file-too-large", 0, message);
  }
  const images = chunks.reduce((sum, chunk) => sum + chunk.imageRows, 0);
  if (images > maxImageExamples) {
    const message = `${format(images)} examples hold images; the service takes ${format(maxImageExamples)} in a file: leave some out.`;
    findings.add("too-many-images", 0, message);
  }
  findings.summarize(
    "carriage-return",
    (lines) =>
      `${count(lines, "line")} end${lines === 1 ? "s" : ""} with CR LF: save the file with LF line ends (Unix).`,
  );
  checkSystemMessages(findings, chunks, table);
  checkEstimates(findings, chunks);
}

/** A model learns the system message it is trained with; a mixture is often a slip. */
function checkSystemMessages(findings: FindingList, chunks: ChunkResult[], rows: RowTable): void {
  const { systems, more } = systemMessages(chunks, rows);
  if (systems.length < 2) return;
  const [main, second] = [...systems].sort((a, b) => b.count - a.count || a.line - b.line);
  const number = `${more ? "more than " : ""}${format(systems.length)}`;
  const message = `The examples have ${number} different system messages (no message counts as one); the most common stands in ${count(main!.count, "example")} from line ${main!.line} on, another from line ${second!.line} on. Use one, unless the model shall tell them apart.`;
  findings.add("differing-system-prompts", systems[1]!.line, message);
}

interface SystemMessage {
  count: number;
  /** Where it stands first. */
  line: number;
}

/** The first different system messages in the order of the lines: by row, since chunks have other borders in every mode. */
function systemMessages(chunks: ChunkResult[], rows: RowTable): { systems: SystemMessage[]; more: boolean } {
  const systems = new Map<number, SystemMessage>();
  let more = false;
  let row = 0;
  for (const chunk of chunks) {
    for (let i = 0; i < chunk.systems.length; i++, row++) {
      if (rows.totals[row] === NOT_COUNTED) continue;
      const hash = chunk.systems[i]!;
      const system = systems.get(hash);
      if (system) system.count++;
      else if (systems.size < MAX_SYSTEMS) systems.set(hash, { count: 1, line: rows.lines[row]! });
      else more = true;
    }
    chunk.systems = none;
  }
  return { systems: [...systems.values()], more };
}

function checkEstimates(findings: FindingList, chunks: readonly ChunkResult[]): void {
  let firstLine = 1;
  let rows = 0;
  let line = 0;
  for (const chunk of chunks) {
    if (rows === 0 && chunk.estimatedRows > 0) line = firstLine + chunk.firstEstimated;
    rows += chunk.estimatedRows;
    firstLine += chunk.lines;
  }
  if (rows === 0) return;
  const message = `The tokens of ${count(rows, "example")} with tools, images or content parts are an estimate (docs/datasets.md has the rule).`;
  findings.add("tokens-estimated", line, message);
}

function count(number: number, noun: string): string {
  return `${format(number)} ${noun}${number === 1 ? "" : "s"}`;
}

function format(number: number): string {
  return number.toLocaleString("en-US");
}
