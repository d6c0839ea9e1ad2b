import Table from "cli-table3";
import { moment } from "../../format/moment";
import type { Register } from "./registers";

/** Cells that read as they are copied, and no color. */
const style = { head: [], border: [] };

/** One line per version, under the name of its register where there are several; whole keys and hashes are in the JSON. */
export function versionsTable(registers: Register[]): string {
  const several = registers.length > 1;
  return registers
    .map(({ name, versions }) => {
      const table = new Table({ head: ["version", "status", "trained", "base", "rows", "model"], style });
      for (const { version, status, trainedAt, base, trainingExamples, fineTunedModel, promotedFrom } of versions) {
        const trained = trainedAt === null ? "" : moment(new Date(trainedAt * 1000).toISOString());
        const from = promotedFrom ? `, version ${promotedFrom.version} of ${promotedFrom.stack}` : "";
        table.push([version, status + from, trained, base, trainingExamples ?? "", fineTunedModel]);
      }
      return `${several ? `${name}\n` : ""}${table.toString()}`;
    })
    .join("\n");
}
