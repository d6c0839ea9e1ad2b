/** Steps from the first to the last one that is shown. */
export interface StepRange {
  from: number;
  to: number;
}

/** The steps from one to another, in any order; undefined where they are all of them. @param all every step */
export function rangeBetween(one: number, other: number, all: StepRange): StepRange | undefined {
  const within = (step: number) => Math.min(all.to, Math.max(all.from, Math.round(step)));
  let [from, to] = [within(Math.min(one, other)), within(Math.max(one, other))];
  // A single step has no width.
  if (from === to) [from, to] = to < all.to ? [from, to + 1] : [from - 1, to];
  return from <= all.from && to >= all.to ? undefined : { from, to };
}

/** Every step of the curves; while the job trains up to the last one that is expected, so that the curve grows and the scale doesn't. */
export function allSteps(steps: number[], expected: number | undefined): StepRange {
  const from = steps[0] ?? 1;
  return { from, to: Math.max(from + 1, steps.at(-1) ?? 0, expected ?? 0) };
}

/**
 * Step whose values stand in the legends: the chosen one, else the last that is shown; undefined: the last of all.
 * @param steps - in ascending order
 * @param chosen - by the pointer or the slider
 */
export function readStep(steps: number[], chosen: number | undefined, zoom: StepRange | undefined): number | undefined {
  return chosen ?? (zoom && steps.findLast((step) => step <= zoom.to));
}
