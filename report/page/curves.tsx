import { useEffect, useMemo } from "preact/hooks";
import type { OtherJob, ReportData } from "../report-data";
import { Chart } from "./chart";
import { ChartControls } from "./chart-controls";
import { compared, showBatches, smoothing, startWith } from "./chart-view";
import { CheckpointTable } from "./checkpoint-table";
import { JobTable } from "./job-table";
import { curveData, hasBothValidations, shortId } from "./curve-data";
import { GapNotice } from "./gap-notice";
import { measures } from "./measures";
import { allSteps } from "./step-range";

/** Loss and token accuracy, or the reward, by step, with checkpoints and, on request, other jobs of the account. */
export function Curves({ report }: { report: ReportData }) {
  const drawn = report.stepsFrom !== "nowhere";
  const others = compared.value.flatMap((id) => report.otherJobs.find((job) => job.id === id) ?? []);
  return (
    <>
      {report.losses?.overfitting && <p class="notice warning">{report.losses.overfitting}</p>}
      {report.rewards?.fallen && <p class="notice warning">{report.rewards.fallen}</p>}
      <GapNotice gap={report.losses?.gap} />
      {!drawn && <p class="muted">No figures yet: the service reports them once the training has started.</p>}
      {(drawn || others.length > 0) && <Charts report={report} others={others} />}
      <JobTable report={report} />
      <CheckpointTable report={report} />
    </>
  );
}

function Charts({ report, others }: { report: ReportData; others: OtherJob[] }) {
  useEffect(() => startWith(report.job?.id), [report.job?.id]);
  const options = { others, smoothing: smoothing.value, batches: showBatches.value };
  const drawn = [report, others.map(({ id }) => id).join(), options.smoothing, options.batches];
  const charts = useMemo(() => {
    const found = measures.map((measure) => ({ measure, data: curveData(report, measure, options) }));
    return found.filter(({ data }) => data.curves.length > 0);
  }, drawn);
  const [first] = charts;
  if (!first) return null;
  const all = allSteps(first.data.steps, report.progress?.totalSteps);
  const job = report.job ? `-${shortId(report.job.id)}` : "";
  const shared = {
    all,
    fileName: `${report.stack}${job}`,
    checkpoints: report.checkpoints,
    overfitsFrom: overfitsFrom(report),
  };
  return (
    <>
      <ChartControls all={all} {...first} bothValidations={hasBothValidations(report.steps)} />
      <div class="charts">
        {charts.map(({ measure, data }) => (
          <Chart key={measure.title} {...{ measure, data }} {...shared} />
        ))}
      </div>
      <p class="muted small">
        Drag across a chart to zoom in on its steps; double-click it, or use Reset zoom, to see all of them again.{" "}
        {sources(report)}
      </p>
    </>
  );
}

function overfitsFrom({ losses, rewards }: ReportData): number | undefined {
  if (rewards?.fallen) return rewards.validationReward?.bestStep;
  return losses?.overfitting ? losses.validationLoss?.bestStep : undefined;
}

const origin: Record<ReportData["stepsFrom"], string> = {
  "results.csv": "Figures: the job's results.csv.",
  events: "Figures: the job's events, about one in ten steps.",
  nowhere: "",
};

/** Where the figures come from, and what is drawn beside the curves. */
function sources({ stepsFrom, checkpoints, losses, rewards, progress }: ReportData): string {
  return [
    origin[stepsFrom],
    progress?.totalSteps ? "The scale ends at the last expected step." : "",
    checkpoints.length > 0
      ? `Vertical lines: checkpoints${checkpoints.some(({ chosen }) => chosen) ? "; the solid one is deployed" : ""}.`
      : "",
    losses?.overfitting ? "Shaded: steps after the best validation loss." : "",
    rewards?.fallen ? "Shaded: steps after the best validation reward." : "",
  ]
    .filter(Boolean)
    .join(" ");
}
