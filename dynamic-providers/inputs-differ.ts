import { isDeepStrictEqual } from "node:util";

type Properties = Record<string, unknown>;

/** True when an input differs from the state. The state also holds outputs, so only properties that are inputs now are compared. */
export function inputsDiffer(state: object, inputs: object): boolean {
  const [before, now] = [state as Properties, inputs as Properties];
  return Object.keys(now).some((key) => key !== "__provider" && !isDeepStrictEqual(before[key], now[key]));
}
