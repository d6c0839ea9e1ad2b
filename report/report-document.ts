import { bundlePage } from "./bundle-page";
import type { ShownCase } from "./evaluation/shown-cases";
import { type HtmlDocument, htmlDocument } from "./html-document";
import type { PageData } from "./page-data";
import type { EvaluationFacts, ReportData } from "./report-data";

/**
 * The report as a page in one file, to be sent around and kept.
 *
 * @param cases - of the evaluation in it; without them the page has its figures alone
 */
export async function reportDocument(report: ReportData, cases?: ShownCase[]): Promise<HtmlDocument> {
  const title = `${report.rehearsal ? "Rehearsal: training" : "Training"} report: ${report.stack}`;
  return pageOf(title, { report }, cases);
}

/** The same for an evaluation of any deployments. */
export async function evaluationDocument(evaluation: EvaluationFacts, cases: ShownCase[]): Promise<HtmlDocument> {
  const { rehearsal, models } = evaluation.summary;
  return pageOf(`${rehearsal ? "Rehearsal: evaluation" : "Evaluation"} of ${models[0]!.name}`, { evaluation }, cases);
}

async function pageOf(title: string, data: PageData, cases: ShownCase[] | undefined): Promise<HtmlDocument> {
  const { script, style } = await bundlePage("report/page/main.tsx");
  return htmlDocument({ title, script, style, data, packed: cases });
}
