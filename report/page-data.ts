import type { EvaluationFacts, ReportData } from "./report-data";

/** What the page in one file shows: a stack's report, or an evaluation alone. */
export type PageData = { report: ReportData } | { evaluation: EvaluationFacts };
