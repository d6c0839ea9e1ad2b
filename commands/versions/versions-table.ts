import { moment } from "../../format/moment";
import { table } from "../../format/table";
import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import type { Register } from "./registers";

const HEAD = ["version", "status", "trained", "base", "rows", "model"];

/**
 * The versions of each register, under its name where there are several; whole keys and hashes are in the JSON.
 *
 * @param columns - width of the terminal; undefined where there is none
 */
export function versionsTable(registers: Register[], columns?: number): string {
  const several = registers.length > 1;
  return registers
    .map(({ name, versions }) => `${several ? `${name}\n` : ""}${table(HEAD, versions.map(row), columns)}`)
    .join("\n");
}

function row({
  version,
  status,
  trainedAt,
  base,
  trainingExamples,
  fineTunedModel,
  promotedFrom,
}: ModelVersion): string[] {
  const trained = trainedAt === null ? "" : moment(new Date(trainedAt * 1000).toISOString());
  const from = promotedFrom ? `, version ${promotedFrom.version} of ${promotedFrom.stack}` : "";
  return [String(version), status + from, trained, base, String(trainingExamples ?? ""), fineTunedModel];
}
