import { isDeepStrictEqual } from "node:util";

type Properties = Record<string, unknown>;

/** True when an input differs from the state. The state also holds outputs, so only properties that are inputs now are compared. */
export function inputsDiffer(state: object, inputs: object): boolean {
  return differ(Object.keys(inputs), state, inputs);
}

/** The same for a resource whose state is its inputs and nothing else: there an input that is no longer given counts too. */
export function stateDiffers(state: object, inputs: object): boolean {
  return differ([...Object.keys(state), ...Object.keys(inputs)], state, inputs);
}

function differ(names: string[], state: object, inputs: object): boolean {
  const [before, now] = [state as Properties, inputs as Properties];
  return names.some((name) => name !== "__provider" && !isDeepStrictEqual(before[name], now[name]));
}
