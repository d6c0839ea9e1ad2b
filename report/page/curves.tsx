import { signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { OtherJob, ReportData } from "../report-data";
import { Chart } from "./chart";
import { accuracyMeasure, curveData, lossMeasure, type Measure, shortId } from "./curve-data";
import { figure, moment, percent } from "./format";

/** Ids of the jobs that are laid over. */
const overlaid = signal<string[]>([]);

/** Loss and token accuracy by step, with checkpoints and, on request, other jobs of the account. */
export function Curves({ report }: { report: ReportData }) {
  const others = report.otherJobs.filter(({ id }) => overlaid.value.includes(id));
  const chart = (measure: Measure) => (
    <MeasureChart key={measure.title} measure={measure} report={report} others={others} />
  );
  if (report.stepsFrom === "nowhere") {
    return <p class="muted">There are no figures yet: the service sends them once the training has begun.</p>;
  }
  return (
    <>
      {report.evaluation?.overfitting && <p class="notice warning">{report.evaluation.overfitting}</p>}
      <div class="charts">
        {chart(lossMeasure)}
        {chart(accuracyMeasure)}
      </div>
      <p class="muted small">
        {report.stepsFrom === "results.csv"
          ? "From the job's results.csv."
          : "From the job's events, one in ten steps."}{" "}
        Vertical lines: checkpoints
        {report.checkpoints.some(({ chosen }) => chosen) ? "; the solid one is deployed" : ""}.
        {report.evaluation?.overfitting ? " Shaded: steps after the best validation loss." : ""}
      </p>
      <Others jobs={report.otherJobs} />
      <CheckpointTable report={report} />
    </>
  );
}

function MeasureChart({ measure, report, others }: { measure: Measure; report: ReportData; others: OtherJob[] }) {
  const ids = others.map(({ id }) => id).join();
  const data = useMemo(() => curveData(report, measure, others), [report, ids]);
  if (data.curves.length === 0) return null;
  const overfitsFrom = report.evaluation?.overfitting ? report.evaluation.validationLoss?.bestStep : undefined;
  return <Chart measure={measure} data={data} checkpoints={report.checkpoints} overfitsFrom={overfitsFrom} />;
}

function Others({ jobs }: { jobs: OtherJob[] }) {
  const drawable = jobs.filter(({ steps }) => steps.length > 0);
  if (drawable.length === 0) return null;
  const toggle = (id: string) => {
    const before = overlaid.value;
    overlaid.value = before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
  };
  return (
    <fieldset class="chips">
      <legend>Lay over other jobs of the account (training)</legend>
      {drawable.map(({ id, createdAt, baseModel }) => (
        <label key={id} class="chip">
          <input type="checkbox" checked={overlaid.value.includes(id)} onChange={() => toggle(id)} />
          <code>{shortId(id)}</code> {baseModel} · {moment(createdAt)}
        </label>
      ))}
    </fieldset>
  );
}

function CheckpointTable({ report: { checkpoints } }: { report: ReportData }) {
  if (checkpoints.length === 0) return null;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Checkpoints">
      <table>
        <caption>Checkpoints</caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col" class="number">
              Training loss
            </th>
            <th scope="col" class="number">
              Validation loss
            </th>
            <th scope="col" class="number">
              Validation accuracy
            </th>
            <th scope="col">Model to deploy</th>
          </tr>
        </thead>
        <tbody>
          {checkpoints.map(({ step, name, metrics, chosen }) => (
            <tr key={step} class={chosen ? "chosen" : undefined}>
              <th scope="row">
                {step} {chosen && <span class="badge">deployed</span>}
              </th>
              <td class="number">{figure(metrics.trainLoss)}</td>
              <td class="number">{figure(metrics.fullValidLoss ?? metrics.validLoss)}</td>
              <td class="number">{percent(metrics.fullValidTokenAccuracy ?? metrics.validTokenAccuracy)}</td>
              <td>
                <code>{name}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
