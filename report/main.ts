import { writeFile } from "node:fs/promises";
import { printable } from "../azure-openai/printable-text";
import { note, runCommand, UserError } from "../stack/command";
import { viewStack } from "./connect";
import { reportDocument } from "./report-document";
import { reportText } from "./text";
import { systemError } from "../azure-openai/system-error";

/** What the command that starts this process asks for. */
export interface ReportRun {
  stack: string;
  /** Folder of its Pulumi project. */
  folder: string;
  /** Of several models; absent where there is one. */
  model?: string;
  /** File to write the page to, absolute. */
  html?: string;
  /** Print the lineage card as JSON. */
  json: boolean;
}

/** Runs in a process of its own, which trusts what the target's cloud needs. Argument: a ReportRun as JSON. */
runCommand(async ([argument]) => {
  const { stack, folder, model, html, json } = JSON.parse(argument!) as ReportRun;
  note(`Reading stack ${stack} ...`);
  const report = await (await viewStack({ stack, folder }, model)).report();
  if (html) await writePage(html, (await reportDocument(report)).html);
  if (json) console.log(printable(JSON.stringify(report.lineage, null, 2)));
  else if (!html) console.log(reportText(report));
  return 0;
});

async function writePage(file: string, page: string): Promise<void> {
  await writeFile(file, page).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(systemError(error, file) ?? `${file} can't be written: ${error.message}`);
  });
  note(`Wrote ${file} (${Math.ceil(Buffer.byteLength(page) / 1000)} kB).`);
}
