import type { ProbeFacts } from "../report-data";
import { count, duration } from "./format";

/** The chat call that proved a deployed model. */
export function Probe({ probe }: { probe: ProbeFacts | undefined }) {
  if (!probe) return <p class="muted">No question has been sent to this job's model yet.</p>;
  return (
    <div class="probe">
      <p class="muted small">System message: {probe.systemMessage}</p>
      <p>
        <b>{probe.question}</b>
      </p>
      <blockquote>{probe.answer}</blockquote>
      <p class="muted small">
        {duration(probe.latencyMs)} · {count(probe.promptTokens)} tokens in, {count(probe.completionTokens)} out
      </p>
    </div>
  );
}
