import { chmod, writeFile } from "node:fs/promises";
import { printable } from "../azure-openai/printable-text";
import { systemError } from "../azure-openai/system-error";
import { evaluationOutput } from "../evaluation/results/text";
import { counted } from "../format/count";
import { note, runCommand, UserError } from "../stack/command";
import { columnsOf } from "../stack/terminal/wrap";
import { viewStack } from "./connect";
import { evaluationFacts } from "./evaluation/facts";
import { namedResults } from "./evaluation/results-of";
import { type ShownCase, withoutTexts } from "./evaluation/shown-cases";
import type { HtmlDocument } from "./html-document";
import { evaluationDocument, reportDocument } from "./report-document";
import type { StackPlace } from "./stack-source";
import { reportText } from "./text";

/** What the command that starts this process asks for. */
export interface ReportRun {
  /** Absent: the report is of the evaluation alone. */
  place?: StackPlace;
  /** Of several models; absent where there is one. */
  model?: string;
  /** Results file of an evaluation, absolute. Default: the newest on this machine of the stack's model. */
  evaluation?: string;
  /** File to write the page to, absolute. */
  html?: string;
  /** Whether the page has the texts of cases and answers. */
  texts: boolean;
  /** Print the lineage card, or the figures of an evaluation alone, as JSON. */
  json: boolean;
}

/** Runs in a process of its own, which trusts what the target's cloud needs. Argument: a ReportRun as JSON. */
runCommand(async ([argument]) => {
  const run = JSON.parse(argument!) as ReportRun;
  const { place, html, json, texts } = run;
  const { data, text, page } = await (place === undefined ? ofEvaluation(run) : ofStack(place, run));
  if (html) await writePage(html, await page(), texts);
  if (json) console.log(printable(JSON.stringify(data, null, 2)));
  else if (!html) console.log(text());
  return 0;
});

/** A report in its three forms. */
interface Forms {
  data: unknown;
  text: () => string;
  page: () => Promise<WrittenPage>;
}

interface WrittenPage {
  document: HtmlDocument;
  /** Cases in it. */
  cases: number;
}

async function ofStack(place: StackPlace, { model, evaluation: file, texts }: ReportRun): Promise<Forms> {
  const results = file === undefined ? undefined : await namedResults(file);
  note(`Reading stack ${place.stack} ...`);
  const view = await viewStack(place, model, results);
  const report = await view.report();
  return {
    data: report.lineage,
    text: () => reportText(report),
    page: async () => {
      const cases = await view.evaluatedCases();
      const shown = cases && (texts ? cases : withoutTexts(cases));
      return { document: await reportDocument(report, shown), cases: cases?.length ?? 0 };
    },
  };
}

async function ofEvaluation({ evaluation: file, texts }: ReportRun): Promise<Forms> {
  const found = await namedResults(file!);
  const facts = evaluationFacts(found);
  const { cases } = found.evaluation;
  const shown: ShownCase[] = texts ? cases : withoutTexts(cases);
  return {
    data: facts.summary,
    text: () => evaluationOutput(facts.summary, { columns: columnsOf(process.stdout) }),
    page: async () => ({ document: await evaluationDocument(facts, shown), cases: cases.length }),
  };
}

/** A page with texts of cases is for its owner alone, as the results are. */
async function writePage(file: string, { document: { html }, cases }: WrittenPage, texts: boolean): Promise<void> {
  const secret = texts && cases > 0;
  try {
    await writeFile(file, html, secret ? { mode: 0o600 } : {});
    // A file that was there keeps its mode when it is written to.
    if (secret) await chmod(file, 0o600);
  } catch (error) {
    throw new UserError(systemError(error, file) ?? `${file} can't be written: ${(error as Error).message}`);
  }
  note(`Wrote ${file} (${Math.ceil(Buffer.byteLength(html) / 1000)} kB).`);
  if (secret) {
    note(
      `It contains the text of ${counted(cases, "case")} and their answers, so only you can read the file. To share it, write it with --no-texts.`,
    );
  }
}
