import { createHash } from "node:crypto";
import type { WireMessage, WireTool } from "../../azure-openai/chat";
import { placeOf } from "../../datasets";
import type { OpenDataset } from "../../datasets/dataset-file";
import { openDataset } from "../../datasets/sources";
import { nearestPath } from "../../datasets/grader/nearest-path";
import { hasPath } from "../../graders/path";
import { isObject, type JsonObject } from "../../datasets/rules/row-rules";
import { EvaluationRefusal, refuseAll } from "../refusal";
import type { CaseFile, EvaluationCase } from "./case";
import { checkCases, type CaseCheck } from "./check-cases";

/** Which cases are wanted, and what must hold of them. */
export interface CaseOptions extends CaseCheck {
  /** Keys that the grader reads of `item`, e.g. `["reference"]`. */
  paths: readonly (readonly string[])[];
}

/**
 * Reads a file of cases: a chat row of the training format each. The last assistant turn is the reference, the turns before it are asked.
 *
 * @throws EvaluationRefusal with lines and a way out: a file that is missing, empty or damaged, a case without what the grader reads, a case
 * that is in the training file too.
 */
export async function readCases(options: CaseOptions): Promise<CaseFile> {
  const { sha256 } = await checkCases(options);
  const dataset = await openDataset(options.path, options.remote);
  if (typeof dataset === "string") throw new EvaluationRefusal(dataset);
  const cases = await casesIn(dataset).finally(() => dataset.close());
  const problems = cases.flatMap((one) => problemsOf(one, options.paths, placeOf(dataset.placeOf(one.line))!));
  if (problems.length > 0) refuseAll(`${options.path} cannot be used as evaluation cases:`, problems);
  if (cases.length === 0) throw new EvaluationRefusal(`${options.path} has no cases. Write one chat row per line.`);
  return { path: options.path, sha256, cases };
}

async function casesIn(dataset: OpenDataset): Promise<EvaluationCase[]> {
  await dataset.load();
  const text = await dataset.handle.readFile("utf8");
  return text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .flatMap((row, index) => (row.trim() === "" ? [] : [caseOf(JSON.parse(row) as JsonObject, index + 1)]));
}

function caseOf(row: JsonObject, line: number): EvaluationCase {
  const turns = row.messages as JsonObject[];
  const last = turns.at(-1);
  const answered = last?.role === "assistant";
  const messages = (answered ? turns.slice(0, -1) : turns).map(asAsked);
  const tools = Array.isArray(row.tools) && row.tools.length > 0 ? (row.tools as WireTool[]) : undefined;
  const reference = answered ? textOf(last.content) : undefined;
  const hash = createHash("sha256")
    .update(JSON.stringify([messages, tools ?? null]))
    .digest("hex");
  const item = reference === undefined ? row : { reference, ...row };
  return { line, hash, messages, tools, reference, item };
}

/** `weight` belongs to training. */
function asAsked({ weight: _, ...message }: JsonObject): WireMessage {
  return message as unknown as WireMessage;
}

/** Text of a turn; of content parts those that are text. A turn that only calls tools has none. */
function textOf(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.flatMap((part) => (isObject(part) && typeof part.text === "string" ? [part.text] : []));
  return texts.length > 0 ? texts.join("") : undefined;
}

function problemsOf({ messages, item }: EvaluationCase, paths: CaseOptions["paths"], place: string): string[] {
  const at = `${place}: `;
  const problems = messages.some(({ role }) => role === "user")
    ? []
    : [`${at}The case has no user turn before its answer, so there is nothing to ask. Add the question.`];
  for (const path of paths) {
    if (hasPath(item, path)) continue;
    const name = path.join(".");
    problems.push(
      name === "reference"
        ? `${at}The case has no reference. End the row with the assistant's answer as text, or add the key 'reference'.`
        : `${at}The case has no field '${name}', which the grader uses as {{item.${name}}}${nearestPath(item, path)}.`,
    );
  }
  return problems;
}
