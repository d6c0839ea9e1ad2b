import { sameJson } from "../fine-tuning-job/canonical-json";
import { isMembers } from "../fine-tuning-job/extra-body";
import { isUnknown, UNKNOWN } from "../runtime/unknown";

/**
 * What two outcomes have in common: the rest is unknown until it is decided. So a preview names only what holds either way, and `up` keeps to a
 * plan that was saved. Lists of different lengths are unknown as wholes.
 */
export function eitherWay(one: unknown, other: unknown): unknown {
  if (isUnknown(one) || isUnknown(other)) return UNKNOWN;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length ? one.map((item, index) => eitherWay(item, other[index])) : UNKNOWN;

  if (isMembers(one) && isMembers(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return Object.fromEntries(names.map((name) => [name, eitherWay(one[name], other[name])]));
  }
  return sameJson(one, other) ? one : UNKNOWN;
}
