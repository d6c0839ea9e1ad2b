import { usd as dollars } from "../../format/money";

/** A sum that is known, or the ends between which it lies. USD. */
export interface Usd {
  low: number;
  high: number;
}

/** `$3.30`, `$0.05 to $0.16`, `under $0.01`. */
export function usd({ low, high }: Usd): string {
  if (high < 0.01) return high === 0 && low === 0 ? "$0.00" : "under $0.01";
  return dollars(low) === dollars(high) ? dollars(high) : `${dollars(low)} to ${dollars(high)}`;
}
