import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ShownCase } from "../../report/evaluation/shown-cases";
import type { ReportData } from "../../report/report-data";
import { ReportView } from "../../report/page/report-view";
import type { Problem } from "../api";
import { ProblemNotice } from "./problem-notice";
import { getCases, getReport, problemOf } from "./server";

/** Between two looks while the job runs, and after it has ended. */
const runningMs = 2_000;
const endedMs = 30_000;

const report = signal<ReportData | undefined>(undefined);
/** Cases of the evaluation that the report has, read once: there may be thousands. */
const cases = signal<{ of: string; found: ShownCase[] } | undefined>(undefined);
const problem = signal<Problem | undefined>(undefined);

/** The training report, live: it is read again as long as the page is open and in sight. */
export function ReportPage() {
  useEffect(() => {
    let timer: number;
    const look = async () => {
      if (!document.hidden) await refresh();
      timer = window.setTimeout(() => void look(), settled() ? endedMs : runningMs);
    };
    void look();
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <>
      {problem.value && <ProblemNotice problem={problem.value} retry={() => void refresh()} />}
      {report.value ? (
        <ReportView report={report.value} cases={cases.value?.found} />
      ) : (
        !problem.value && <p class="loading muted">Reading the job …</p>
      )}
    </>
  );
}

/** Whether nothing will move soon: the job has ended, and its model was asked or won't be. */
function settled(): boolean {
  const { job, probe } = report.value ?? {};
  return job?.ended === true && (probe !== undefined || job.status !== "succeeded" || job.refused === true);
}

async function refresh(): Promise<void> {
  try {
    report.value = await getReport();
    problem.value = undefined;
    const evaluated = report.value.evaluation?.evaluatedAt;
    if (evaluated === cases.value?.of) return;
    const found = evaluated === undefined ? null : await getCases();
    cases.value = evaluated !== undefined && found ? { of: evaluated, found } : undefined;
  } catch (error) {
    problem.value = problemOf(error);
  }
}
