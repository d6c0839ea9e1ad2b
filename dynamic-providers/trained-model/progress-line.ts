import { duration } from "../../format/duration";
import { isTerminal } from "../../azure-openai/remote-jobs";
import { sparkline } from "./sparkline";
import { type Spending, spentInWords } from "./spending";
import type { Pace } from "./training-pace";

/** Characters of the curve of losses or rewards. */
const CURVE_WIDTH = 16;

/**
 * `49% · 5 s left · step 100/204 · loss 3.974 · █▅▂▁ · running 12 s`: what moves comes first, since a terminal may show only the beginning.
 *
 * @param elapsedMs - since the job was created
 * @param spending - of a training that is billed by the hour. Default: it is not
 */
export function progressLine(status: string, elapsedMs: number, pace: Pace, spending?: Spending): string {
  const { step, totalSteps, loss, reward, validationReward, curve, remainingMs } = pace;
  const share = isTerminal(status) ? undefined : percent(pace);
  const state = `${status} ${duration(elapsedMs)}`;
  return [
    // The last step that is told is the last multiple of ten: no share of a job that has ended.
    share ?? state,
    share === undefined || remainingMs === undefined ? undefined : left(remainingMs),
    step === undefined ? undefined : `step ${step}${totalSteps === undefined ? "" : `/${totalSteps}`}`,
    loss === undefined ? undefined : `loss ${loss.toPrecision(4)}`,
    reward === undefined ? undefined : `reward ${reward.toPrecision(4)}`,
    validationReward === undefined ? undefined : `validation reward ${validationReward.toPrecision(4)}`,
    curve.length > 1 ? sparkline(curve, CURVE_WIDTH) : undefined,
    share === undefined ? undefined : state,
    spending === undefined || isTerminal(status) ? undefined : spentInWords(spending, pace.trainingMs),
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}

/** After its last step a job is evaluated, which has no steps to count. */
function left(milliseconds: number): string {
  return milliseconds > 0 ? `${duration(milliseconds)} left` : "then the safety evaluation";
}

function percent({ step, totalSteps }: Pace): string | undefined {
  if (step === undefined || totalSteps === undefined) return undefined;
  return `${Math.min(99, Math.floor((100 * step) / totalSteps))}%`;
}
