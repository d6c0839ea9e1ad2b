import { readFileSync } from "node:fs";
import path from "node:path";
import { asObject } from "../../http/request";
import { blobPath } from "../../storage/blobs";
import type { AccountRecord, EvalRecord, EvalRunRecord } from "../../world/state";
import type { World } from "../../world/world";
import { validatorOf } from "../answering/schema-validator";

/** One row of a run's data: what graders read, and the answer, if it is there already. */
export interface Item {
  item: Record<string, unknown>;
  /** `sample.output_text` of the row. */
  answer?: string;
}

/** Why a run as a whole fails; its code and first text are recorded, the others a guess. */
export class RunProblem extends Error {
  readonly code = "UserError";
}

/** The rows of a run. @throws RunProblem for a file that cannot be read, and for a row that is not what the evaluation says */
export function itemsOf(
  world: Pick<World, "blobFolder">,
  account: AccountRecord,
  { config }: EvalRecord,
  { source }: EvalRunRecord,
): Item[] {
  const from = asObject(source.source) ?? {};
  const rows = from.type === "file_content" ? (from.content as unknown[]) : rowsOfFile(world, account, from.id);
  const fits = validatorOf(asObject(config.item_schema) ?? {});
  return rows.map((row, index) => {
    const { item, sample } = asObject(row) ?? {};
    const known = asObject(item);
    if (!known || !fits(known)) throw new RunProblem(`Row ${index + 1} has no item that fits the item schema.`);
    const answer = asObject(sample)?.output_text;
    return { item: known, ...(typeof answer === "string" ? { answer } : {}) };
  });
}

function rowsOfFile(world: Pick<World, "blobFolder">, { dataPlane }: AccountRecord, id: unknown): unknown[] {
  const file = dataPlane.files.find((one) => one.id === id);
  if (!file) throw new RunProblem(`Failed to read file '${String(id)}': it does not exist.`);
  const type = path.extname(file.filename).slice(1);
  if (type !== "jsonl" && type !== "csv") {
    throw new RunProblem(
      `Failed to read file '${id as string}': Supported file types: jsonl and csv. '${type}' not supported.`,
    );
  }
  if (type === "csv") throw new RunProblem(`Failed to read file '${file.id}': this rehearsal doesn't support CSV.`);
  const lines = readFileSync(blobPath(world, file.id), "utf8")
    .replace(/^\uFEFF/, "")
    .split("\n");
  return lines.filter((line) => line.trim() !== "").map((line, index) => parsed(line, index + 1, file.id));
}

function parsed(line: string, number: number, id: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new RunProblem(`Failed to read file '${id}': line ${number} is not JSON.`);
  }
}
