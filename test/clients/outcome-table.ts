import Table from "cli-table3";
import type { Outcome } from "./try-client";

/** Cells that read as they are copied, and no color. */
const style = { head: [], border: [] };

/** The clients with version, what worked, and what did not. */
export function outcomeTable(outcomes: Outcome[]): string {
  const table = new Table({
    head: ["client", "version", "worked", "otherwise"],
    colWidths: [28, 12, 46, 46],
    wordWrap: true,
    style,
  });
  for (const outcome of outcomes)
    table.push([outcome.client.name, outcome.version ?? "-", outcome.worked.join("; ") || "-", otherwise(outcome)]);
  return table.toString();
}

function otherwise({ client, refused, failed, skipped }: Outcome): string {
  if (skipped !== undefined) return `skipped: ${skipped}`;
  const asOnAzure = (client.refused ?? [])
    .filter(({ step }) => refused.includes(step))
    .map(({ step, sentence, source }) => `${step}: Azure refuses it too ("${sentence}", ${source})`);
  return [...asOnAzure, ...failed.map(({ step, error }) => `FAILED ${step}: ${error}`)].join("\n");
}
