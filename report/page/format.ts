/** Numbers and times as people read them; the report is in English, whatever the browser's language. */
const whole = new Intl.NumberFormat("en");

export function count(value: number): string {
  return whole.format(Math.round(value));
}

/** `0.7128`, `9.242`, `12.3` */
export function figure(value: number | undefined): string {
  if (value === undefined) return "–";
  return value >= 100 ? count(value) : String(Number(value.toPrecision(4)));
}

export function percent(fraction: number | undefined): string {
  return fraction === undefined ? "–" : `${(100 * fraction).toFixed(1)}%`;
}

/** `$1,241`, `$0.06`, `$0.000046`: two digits that count, however small. */
export function usd(value: number): string {
  if (value >= 100) return `$${count(value)}`;
  if (value >= 0.01 || value === 0) return `$${value.toFixed(2)}`;
  return `$${value.toFixed(Math.min(9, 1 - Math.floor(Math.log10(value))))}`;
}

export function usdRange({ low, high }: { low: number; high: number }): string {
  return usd(low) === usd(high) ? usd(low) : `${usd(low)} to ${usd(high)}`;
}

export function countRange({ low, high }: { low: number; high: number }): string {
  return low === high ? count(low) : `${count(low)} to ${count(high)}`;
}

/** `850 ms`, `12 s`, `4 min 05 s`, `3 h 20 min` */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${pad(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** `2026-11-23 01:03 UTC` */
export function moment(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** `01:03:26` */
export function clockTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

export function bytes(value: number): string {
  if (value < 1000) return `${value} bytes`;
  return value < 1e6 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(1)} MB`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
