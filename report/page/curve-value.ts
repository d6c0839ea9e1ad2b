import type { Curve, CurveData } from "./curve-data";

export interface CurveValue {
  value?: number;
  smoothed?: number;
  /** Step that the value is of, where it is another than the one asked for or the last: figures over the whole file come once per epoch. */
  from?: number;
}

/** Value of a curve at a step, of a validation over the whole file the latest until then. @param step undefined: the curve's last value */
export function valueAt({ steps }: CurveData, { kind, values, smoothed }: Curve, step: number | undefined): CurveValue {
  const last = step === undefined ? steps.length - 1 : steps.findLastIndex((one) => one <= step);
  const index = step === undefined || kind === "validation" ? lastKnown(values, last) : last;
  if (index < 0 || values[index] === null) return {};
  const from = steps[index] === (step ?? steps.at(-1)) ? undefined : steps[index];
  return { value: values[index], smoothed: smoothed?.[index] ?? undefined, from };
}

function lastKnown(values: Curve["values"], until: number): number {
  return values.findLastIndex((value, index) => index <= until && value !== null);
}
