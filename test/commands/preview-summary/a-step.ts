import type { Operation, Properties, Step } from "../../../commands/preview-summary/steps";

/** A step of a preview with what a test is about, named `x`. @param now - its inputs. Default: as before */
export const step = (type: string, operation: Operation, old: Properties, now: Properties = old): Step =>
  ({
    type,
    name: "x",
    operation,
    old,
    new: now,
    outputs: old,
    reasons: [],
    lost: false,
    replaced: [],
  }) as unknown as Step;
