import { bundlePage } from "./bundle-page";
import { type HtmlDocument, htmlDocument } from "./html-document";
import type { ReportData } from "./report-data";

/** The report as a page in one file, to be sent around and kept. */
export async function reportDocument(report: ReportData): Promise<HtmlDocument> {
  const { script, style } = await bundlePage("report/page/main.tsx");
  const title = `${report.rehearsal ? "Rehearsal: training" : "Training"} report: ${report.stack}`;
  return htmlDocument({ title, script, style, data: report });
}
