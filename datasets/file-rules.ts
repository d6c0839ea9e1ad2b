import type { Limits } from "../catalog";
import type { FindingList } from "./findings";
import type { FileRole } from "./report";
import type { ChunkResult } from "./scan/chunk-result";

/** Checks what only the whole file shows. Row findings of the chunks must be in `findings` already. */
export function checkFile(
  findings: FindingList,
  chunks: readonly ChunkResult[],
  file: { role: FileRole; bytes: number; rows: number },
  limits: Limits,
): void {
  const { role, bytes, rows } = file;
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
  checkSystemMessages(findings, chunks);
  checkEstimates(findings, chunks);
}

/** A model learns the system message it is trained with; a mixture is often a slip. */
function checkSystemMessages(findings: FindingList, chunks: readonly ChunkResult[]): void {
  const systems = new Map<number, { count: number; line: number }>();
  let firstLine = 1;
  for (const chunk of chunks) {
    for (const [hash, { count, line }] of chunk.systems) {
      const known = systems.get(hash);
      if (known) known.count += count;
      else systems.set(hash, { count, line: firstLine + line });
    }
    firstLine += chunk.lines;
  }
  if (systems.size < 2) return;
  const [main, second] = [...systems.values()].sort((a, b) => b.count - a.count || a.line - b.line);
  const message = `The examples have ${format(systems.size)} different system messages (no message counts as one); the most common stands in ${count(main!.count, "example")} from line ${main!.line} on, another from line ${second!.line} on. Use one, unless the model shall tell them apart.`;
  const line = Math.max(
    ...[...systems.values()]
      .map((system) => system.line)
      .sort((a, b) => a - b)
      .slice(0, 2),
  );
  findings.add("differing-system-prompts", line, message);
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
