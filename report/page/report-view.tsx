import type { ReportData } from "../report-data";
import type { ShownCase } from "../evaluation/shown-cases";
import { Card } from "./card";
import { Curves } from "./curves";
import { Distributions } from "./distributions";
import { Earlier, earlierTitle } from "./earlier";
import { EvaluationCard } from "./evaluation/evaluation-card";
import { NotEvaluated } from "./evaluation/not-evaluated";
import { servedModel } from "./evaluation/roles";
import { clockTime } from "./format";
import { LineageCard } from "./lineage-card";
import { Money } from "./money";
import { Probe } from "./probe";
import { JobStatus } from "./progress";
import "./report.css";

/** The training report, in the playground and in a file by itself. @param cases - of its evaluation, as soon as they are there */
export function ReportView({ report, cases }: { report: ReportData; cases?: ShownCase[] }) {
  return (
    <div class="report">
      <Card title="Job" id="job">
        <JobStatus report={report} />
      </Card>
      {report.earlier && (
        <Card title={earlierTitle(report.earlier)} id="earlier" wide>
          <Earlier earlier={report.earlier} job={report.job} />
        </Card>
      )}
      <Card title="Training" id="training" wide>
        <Curves report={report} />
      </Card>
      {report.evaluation ? (
        <Card title="Evaluation" id="evaluation" wide>
          <EvaluationCard evaluation={report.evaluation} cases={cases} served={servedModel(report)} />
        </Card>
      ) : (
        report.job?.fineTunedModel && (
          <Card title="Evaluation" id="evaluation" wide>
            <NotEvaluated />
          </Card>
        )
      )}
      <Card title="Cost" id="cost">
        <Money cost={report.cost} />
      </Card>
      <Card title="Test: the deployed model responds" id="probe">
        <Probe probe={report.probe} />
      </Card>
      <Card title="Datasets" id="datasets" wide>
        <Distributions datasets={report.datasets} />
      </Card>
      <Card title="Lineage" id="lineage" wide>
        <LineageCard lineage={report.lineage} />
      </Card>
      <Card title="Events" id="events" wide>
        <Events events={report.events} />
      </Card>
    </div>
  );
}

function Events({ events }: { events: ReportData["events"] }) {
  if (events.length === 0) return <p class="muted">None yet.</p>;
  return (
    <ol class="events scroll" tabIndex={0} aria-label="Events of the job, newest first">
      {events.map(({ at, level, message }, index) => (
        <li key={`${at} ${message} ${index}`} class={level === "info" ? undefined : "warning"}>
          <time>{clockTime(at)}</time> {message}
        </li>
      ))}
    </ol>
  );
}
