/** An amount in USD, e.g. `$1,234.50`. */
export function usd(amount: number): string {
  return `$${amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** A range in USD, e.g. `$0.02 to $0.06`; one figure where both ends are the same. */
export function usdRange({ low, high }: { low: number; high: number }): string {
  return low === high ? usd(high) : `${usd(low)} to ${usd(high)}`;
}

/** An amount that somebody set, as it was set: `$0.001`, where `usd` would show `$0.00`. */
export function exactUsd(amount: number): string {
  return `$${amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 20 })}`;
}
