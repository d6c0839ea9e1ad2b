import type { Losses } from "../report-data";
import { figure } from "./format";

/** The gap between training and validation loss: a sentence where it is wide, else its figures. */
export function GapNotice({ gap }: { gap: Losses["gap"] }) {
  if (!gap) return null;
  if (gap.wide) return <p class="notice warning">{gap.wide}</p>;
  const { step, training, validation } = gap;
  return (
    <p class="muted">
      Gap between training and validation loss at step {step}: <b>{figure(validation - training)}</b> (validation{" "}
      {figure(validation)}, training {figure(training)} as the mean of that epoch).
    </p>
  );
}
