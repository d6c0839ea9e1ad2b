import { usd } from "../format/money";
import type { Range } from "./pricing";

/** What an estimate knows of a training that is billed by the hour. */
export interface HourlyTraining {
  trainingUsd: Range | null;
  /** Absent: it is billed by tokens. */
  trainingHours?: Range;
}

/**
 * `1 to 45.5 hours at $110.00 an hour; Azure pauses the job at $5,000.00`: what is behind the price of a reinforcement job. Its upper end is the
 * service's spending limit for training and grading together.
 *
 * @returns undefined where training is billed by tokens
 */
export function hoursInWords({ trainingUsd, trainingHours: hours }: HourlyTraining): string | undefined {
  if (!hours || !trainingUsd) return undefined;
  const rate = usd(trainingUsd.low / hours.low);
  return `${hours.low} to ${hours.high} hours at ${rate} an hour; Azure pauses the job at ${usd(trainingUsd.high)}`;
}
