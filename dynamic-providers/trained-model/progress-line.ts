import { isTerminal } from "../../azure-openai/remote-jobs";
import { sparkline } from "./sparkline";
import type { Pace } from "./training-pace";

/** Characters of the loss curve: with all else, the line stays below 120. */
const CURVE_WIDTH = 16;

/** `running 12m · step 30 of ~180 · 16 % · loss 1.234 █▅▂▁ · about 18 min left` */
export function progressLine(status: string, elapsedMs: number, pace: Pace): string {
  const { step, totalSteps, loss, losses, remainingMs } = pace;
  return [
    `${status} ${duration(elapsedMs)}`,
    step === undefined ? undefined : `step ${step}${totalSteps === undefined ? "" : ` of ~${totalSteps}`}`,
    // The last step that is told is the last multiple of ten: no share of a job that has ended.
    isTerminal(status) ? undefined : percent(pace),
    loss === undefined
      ? undefined
      : `loss ${loss.toPrecision(4)}${losses.length > 1 ? ` ${sparkline(losses, CURVE_WIDTH)}` : ""}`,
    remainingMs === undefined || remainingMs <= 0 ? undefined : `about ${rest(remainingMs)} left`,
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}

function percent({ step, totalSteps }: Pace): string | undefined {
  if (step === undefined || totalSteps === undefined) return undefined;
  return `${Math.min(99, Math.floor((100 * step) / totalSteps))} %`;
}

/** `45s`, `12m`, `3h 05m` */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, "0")}m`;
}

function rest(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
