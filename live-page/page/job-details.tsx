import { useEffect, useState } from "preact/hooks";
import type { JobDetail, JobRow } from "local-azure/live/shapes";
import { clockTime, count, figure } from "../../report/page/format";
import { jobDetail } from "./connect";

/** Events and checkpoints of a job, asked for again whenever it has moved. */
export function JobDetails({ job }: { job: JobRow }) {
  const { account, id, phase, step, percent } = job;
  const [detail, setDetail] = useState<JobDetail | undefined>();
  useEffect(() => {
    let current = true;
    jobDetail(account, id).then(
      (found) => current && setDetail(found),
      () => undefined, // The connection is lost, or the job deleted: the page says so elsewhere.
    );
    return () => {
      current = false;
    };
  }, [account, id, phase, step, percent]);
  if (!detail) return <p class="muted small">Reading …</p>;
  const { trainingFile, validationFile, batchSize, learningRateMultiplier, seed, events, more, checkpoints } = detail;
  return (
    <div class="details">
      <p class="muted small">
        training file <code>{trainingFile}</code>
        {validationFile !== undefined && (
          <>
            {" "}
            · validation file <code>{validationFile}</code>
          </>
        )}{" "}
        · batch size {count(batchSize)} · learning rate multiplier {learningRateMultiplier} · seed {seed}
      </p>
      <h3>Checkpoints</h3>
      {checkpoints.length === 0 ? (
        <p class="muted small">There is none yet.</p>
      ) : (
        <ul class="rows small">
          {checkpoints.map(({ step: at, model, metrics }) => (
            <li key={at}>
              <p>
                step {count(at)} · {metricsText(metrics)}
              </p>
              <code class="muted">{model}</code>
            </li>
          ))}
        </ul>
      )}
      <h3>Events</h3>
      <ol class="events small">
        {events.map(({ at, level, message }, index) => (
          <li key={events.length - index} class={level}>
            <time class="muted">{clockTime(at / 1000)}</time> <span>{message}</span>
          </li>
        ))}
      </ol>
      {more > 0 && <p class="muted small">{count(more)} older events are not shown.</p>}
    </div>
  );
}

function metricsText(metrics: Record<string, number>): string {
  const shown = Object.entries(metrics).filter(([name, value]) => name !== "step" && typeof value === "number");
  return shown.map(([name, value]) => `${name} ${figure(value)}`).join(" · ");
}
