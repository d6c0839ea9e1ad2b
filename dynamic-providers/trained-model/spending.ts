import { usd } from "../../format/money";

/** What a training costs that is billed by the hour. USD. */
export interface Spending {
  usdPerHour: number;
  /** At which the service pauses the job; training and grading count towards it. */
  limitUsd: number;
}

/**
 * `about $27.50 of the $5,000.00 limit, not including grading`; before the training has been seen to start, the rate.
 *
 * @param trainingMs - since the training started: pauses are counted, which the service does not bill, so it is rather too much
 */
export function spentInWords({ usdPerHour, limitUsd }: Spending, trainingMs: number | undefined): string {
  if (trainingMs === undefined) return `${usd(usdPerHour)} an hour, limit ${usd(limitUsd)}`;
  return `about ${usd((trainingMs / 3_600_000) * usdPerHour)} of the ${usd(limitUsd)} limit, not including grading`;
}
