import { useState } from "preact/hooks";
import type { JobRow } from "local-azure/live/shapes";
import { count, duration, moment, usd } from "../../report/page/format";
import { StatusBadge } from "./badge";
import { Card } from "./card";
import { JobDetails } from "./job-details";
import { now, section } from "./state";

export function Jobs() {
  return (
    <Card
      id="jobs"
      title="Fine-tuning jobs"
      list={section("jobs")}
      none="No jobs have been submitted."
      keyOf={({ account, id }) => `${account}/${id}`}
    >
      {(job) => <Job job={job} />}
    </Card>
  );
}

function Job({ job }: { job: JobRow }) {
  const [open, setOpen] = useState(false);
  const { account, id, model, method, trainingType, status, phase, percent, error, fineTunedModel } = job;
  return (
    <article aria-label={id}>
      <p>
        <StatusBadge status={status} /> {phase !== status && <span class="muted small">{phase} </span>}
        <code>{id}</code>
      </p>
      <p class="muted small">
        {[model, method, trainingType, account, `submitted ${moment(job.createdAt / 1000)}`]
          .filter((part) => part !== undefined)
          .join(" · ")}
      </p>
      <progress max={100} value={percent} aria-label={`Progress of ${id}`} />
      <p class="small">{progressText(job)}</p>
      {error !== undefined && <p class="notice error small">{error}</p>}
      {fineTunedModel !== undefined && (
        <p class="small">
          Model <code>{fineTunedModel}</code>
        </p>
      )}
      <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? "Hide events and checkpoints" : "Show events and checkpoints"}
      </button>
      {open && <JobDetails job={job} />}
    </article>
  );
}

/** `60%`, `step 18 of 30`, `12 examples × 3 epochs`, `about 4 s left`, `24,000 tokens billed, $0.08`: what is known of them. */
export function progressText(job: JobRow): string {
  const {
    percent,
    step,
    steps,
    examples,
    epochs,
    createdAt,
    finishedAt,
    estimatedFinish,
    billedTokens,
    usd: cost,
  } = job;
  const left = estimatedFinish === undefined ? undefined : Math.max(0, estimatedFinish - (now.value ?? 0));
  return [
    `${percent}%`,
    `step ${count(step)} of ${count(steps)}`,
    `${count(examples)} examples × ${count(epochs)} epochs`,
    left === undefined ? undefined : `about ${duration(Math.ceil(left / 1000) * 1000)} left`,
    finishedAt === undefined ? undefined : `took ${duration(finishedAt - createdAt)}`,
    billedTokens === undefined ? undefined : `${count(billedTokens)} tokens billed`,
    cost === undefined ? undefined : `${usd(cost)} on Azure`,
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}
