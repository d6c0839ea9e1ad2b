import pc from "picocolors";
import { printableLine } from "../../azure-openai/printable-text";
import { hanging, wrap } from "../../stack/terminal/wrap";
import { costLine } from "./cost";
import { deletedBy } from "./deleted";
import { isSecretWarning } from "./warnings";
import { withoutSecrets } from "./secrets";
import type { Findings } from "./summary";
import type { Verdict } from "./verdict";

/** Lines of each kind: with the verdict they fit into a terminal of 24 lines, also where some of them wrap. */
const LISTED = { problems: 4, reasons: 3, models: 6, warnings: 5, deleted: 6 };
/** Columns of a label. */
const LABEL = 8;

/**
 * What a preview means in a few lines, for the end of its output, since what is above scrolls away in a short terminal. The content is that of
 * the Markdown of a pull request (summary.ts), without the table of changes, which Pulumi has just shown.
 *
 * @param columns - width of the terminal; undefined where there is none
 * @param preview - the command that previews the stack. Default: that of a stack on Azure
 */
export function terminalSummary(findings: Findings, columns?: number, preview?: string): string {
  const { stack, verdict, line } = findings;
  const title = `${stack === undefined ? "" : `Stack ${stack}: `}${line.replaceAll("**", "")}`;
  return [colorOf(verdict)(pc.bold(wrap(safe(title), columns))), ...details(findings, { columns, preview })].join("\n");
}

interface Listing {
  columns?: number;
  most?: number;
  color?: (text: string) => string;
  keeps?: (text: string) => boolean;
  where?: string;
}

interface Layout {
  columns?: number;
  /** What the line of the cost starts with. Default: nothing. */
  where?: string;
  /** Whether it has happened. */
  over?: boolean;
  /** The command that lists everything. */
  preview?: string;
}

/** What is deleted, causes, cost and warnings, each line with its label. */
export function details(
  { verdict, pipeline, today, models, costed, problems, errors, reasons, warnings }: Findings,
  { columns, where = "", over = false, preview = "npm run preview" }: Layout = {},
): string[] {
  const cost = costLine(costed);
  const destroys = verdict === "destroys";
  const { deletes, keeps, instead } = destroys
    ? deletedBy(pipeline.all, today)
    : { deletes: [], keeps: [], instead: [] };
  return [
    ...labelled(over ? "deleted" : "deletes", deletes, { columns, most: LISTED.deleted, color: pc.yellow }),
    ...labelled(over ? "kept" : "keeps", keeps, { columns, most: LISTED.deleted }),
    ...labelled("instead", over ? [] : instead, { columns }),
    // What each has done is in the sentence above.
    ...labelled("model", over ? [] : models.map(({ name, line }) => `${name}: ${line.replaceAll("**", "")}`), {
      columns,
      most: LISTED.models,
    }),
    ...labelled("error", errors, { columns, color: pc.red }),
    ...labelled("because", problems, { columns, most: LISTED.problems }),
    ...labelled("because", reasons, { columns, most: LISTED.reasons }),
    ...labelled("cost", cost === undefined ? [] : [`${where}${cost}`], { columns }),
    // Those about a deletion say what has just been said.
    ...labelled("warning", destroys ? [] : warnings, {
      ...{ columns, most: LISTED.warnings, color: pc.yellow, keeps: isSecretWarning },
      where: `: \`${preview} | cat\` lists all`,
    }),
  ];
}

/**
 * Texts beside a label, below one another. What goes to a file or a pipe is whole, and what `keeps` holds for is never left out.
 *
 * @param most - that are shown on a terminal; the rest is counted
 * @param where - where the rest can be read
 */
export function labelled(
  label: string,
  texts: string[],
  { columns, most = texts.length, color = pc.dim, keeps = () => false, where = "" }: Listing = {},
): string[] {
  const free = Math.max(0, most - texts.filter(keeps).length);
  const others = texts.filter((text) => !keeps(text)).slice(0, free);
  const listed = columns === undefined ? texts : texts.filter((text) => keeps(text) || others.includes(text));
  const rest = texts.length - listed.length;
  const shown = [...listed, ...(rest > 0 ? [`... and ${rest} more${where}`] : [])];
  return shown.map((text) => hanging(`  ${color(label.padEnd(LABEL))} `, safe(text), columns));
}

/** One line that cannot steer the terminal and contains no credential, whoever wrote it. */
function safe(text: string): string {
  return printableLine(withoutSecrets(text).replaceAll(/\s*\n\s*/g, " "));
}

function colorOf(verdict: Verdict): (text: string) => string {
  if (verdict === "blocked" || verdict === "rejected") return pc.red;
  return verdict === "none" || verdict === "changes" || verdict === "waits" ? pc.green : pc.yellow;
}
