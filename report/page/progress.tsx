import { promotedName, whereTrained } from "../promoted-words";
import type { PromotedFacts, ReportData } from "../report-data";
import { refusedSentence } from "../refused";
import { duration, moment } from "./format";
import { progressParts } from "./progress-parts";

/** Where the job stands, and while it trains how far it is. */
export function JobStatus({ report: { job, promoted, progress } }: { report: ReportData }) {
  if (promoted) return <Promoted {...promoted} />;
  if (!job)
    return <p class="notice">This stack has not submitted a job yet. The page shows it as soon as there is one.</p>;
  const took = job.finishedAt === undefined ? undefined : duration((job.finishedAt - job.createdAt) * 1000);
  return (
    <div class="status">
      <p>
        <span class={`badge ${statusBadge(job.status)}`}>{job.status}</span> <code>{job.id}</code>
      </p>
      <p class="muted">
        {job.baseModel} · submitted {moment(job.createdAt)}
        {took && ` · took ${took}`}
      </p>
      {job.fineTunedModel && (
        <p>
          Model <code>{job.fineTunedModel}</code>
        </p>
      )}
      {job.refused && <p class="notice warning">{refusedSentence}</p>}
      {job.error && <p class="notice error">{job.error}</p>}
      {progress && <Bar progress={progress} />}
    </div>
  );
}

/** What stands in the place of a job where another stack has trained the model. */
function Promoted(promoted: PromotedFacts) {
  return (
    <div class="status">
      <p>
        <span class="badge good">promoted</span> {promotedName(promoted)}
      </p>
      <p class="muted">{promoted.training}</p>
      <p>
        Model <code>{promoted.model}</code>
      </p>
      <p class="notice">{whereTrained(promoted)}</p>
    </div>
  );
}

function Bar({ progress }: { progress: NonNullable<ReportData["progress"]> }) {
  return (
    <div>
      <progress max={100} value={progress.percent} aria-label="Progress of the training" />
      <p role="status" class="small">
        {progressParts(progress).join(" · ")}
      </p>
    </div>
  );
}

/** Colour of a status. */
export function statusBadge(status: string): string {
  if (status === "succeeded") return "good";
  return status === "failed" || status === "cancelled" ? "bad" : "busy";
}
