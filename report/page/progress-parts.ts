import type { Progress } from "../report-data";
import { duration, figure } from "./format";

/** On record from the last step to the end of the job: 33, 42 and 97 minutes (three jobs on Azure, 2026-10). */
const EVALUATION = "all steps done; finishing and the safety evaluation take 30 to 100 min on Azure";

/** `step 30 of about 204`, `14%`, `loss 3.3` or `reward 0.42`, `submitted 4 min 10 s ago`, `about 5 min 20 s of training left`: what is known of them. */
export function progressParts(progress: Progress): string[] {
  const { step, totalSteps, percent, loss, reward, validationReward, spent, elapsedMs } = progress;
  return [
    step === undefined ? "waiting for the first step" : `step ${step}${totalSteps ? ` of about ${totalSteps}` : ""}`,
    percent === undefined || progress.trained ? undefined : `${percent}%`,
    loss === undefined ? undefined : `loss ${figure(loss)}`,
    reward === undefined ? undefined : `reward ${figure(reward)}`,
    validationReward === undefined ? undefined : `validation reward ${figure(validationReward)}`,
    spent,
    `submitted ${duration(elapsedMs)} ago`,
    left(progress),
  ].filter((part) => part !== undefined);
}

function left({ trained, remainingMs }: Progress): string | undefined {
  if (trained) return EVALUATION;
  if (remainingMs === undefined) return undefined;
  return remainingMs > 0 ? `about ${roughly(remainingMs)} of training left` : "the last steps";
}

/** An estimate of minutes is not told by the second. */
function roughly(milliseconds: number): string {
  if (milliseconds < 60_000) return duration(Math.ceil(milliseconds / 5_000) * 5_000);
  if (milliseconds < 3_600_000) return `${Math.round(milliseconds / 60_000)} min`;
  return duration(milliseconds);
}
