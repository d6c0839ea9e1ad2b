import { equal } from "./input-changes";
import { isObject, isSecret, secret, unwrapped, type Properties, type Value } from "./values";

/**
 * Inputs after a refresh. ARM answers far more than a program sets, so answers can't be compared with inputs: what
 * changed between the last answer and this one is carried over to the inputs, and nothing else.
 * @param before - the last answer, as inputs
 * @param after - this answer, as inputs
 */
export function inputsAfterDrift(inputs: Properties, before: Properties, after: Properties): Properties {
  const result = { ...inputs };
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const now = after[name];
    if (equal(before[name], now)) continue;
    if (now === undefined) delete result[name];
    else result[name] = drifted(inputs[name], before[name], now);
  }
  return result;
}

function drifted(input: Value | undefined, before: Value | undefined, now: Value): Value {
  if (input === undefined || before === undefined) return now;
  if (isSecret(input)) return secret(drifted(unwrapped(input), before, now));
  if (isObject(input) && isObject(before) && isObject(now)) return inputsAfterDrift(input, before, now);
  if (Array.isArray(input) && Array.isArray(before) && Array.isArray(now)) {
    return now.map((item, index) =>
      equal(before[index], item) ? (input[index] ?? item) : drifted(input[index], before[index], item),
    );
  }
  return now;
}
