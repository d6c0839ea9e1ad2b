import { kinds, type Kind } from "./kinds";
import { modelsOf } from "./models";
import { at, isUnknown, type Operation, type Step } from "./steps";
import { hidden } from "./values";
import { GATE_TYPE } from "./versions";

/** A line of the table. */
export interface Change {
  what: string;
  change: string;
  before: string;
  after: string;
}

const words: Record<Operation, string> = {
  create: "new",
  update: "changed",
  replace: "replaced",
  delete: "removed",
  same: "",
};

/**
 * Every change that a reviewer cares about, in the order of the work; only properties of the allow-list (kinds.ts) appear. Of several models
 * each has its own lines, with its name.
 */
export function changesOf(steps: Step[]): Change[] {
  const { models, shared } = modelsOf(steps);
  const named = models.flatMap(({ name, all }) =>
    changesIn(all).map((change) => ({ ...change, what: `${name}: ${change.what}` })),
  );
  return [...changesIn(shared), ...named];
}

function changesIn(steps: Step[]): Change[] {
  return Object.entries(kinds).flatMap(([type, kind]) =>
    steps
      .filter((step) => step.type === type && step.operation !== "same" && !mayComeToNothing(step))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((step) => changesOfStep(step, kind)),
  );
}

/** The gate is changed by a rejection alone: while the verdict is unknown, what is said of the evaluation says all. */
function mayComeToNothing({ type, operation, new: now }: Step): boolean {
  return type === GATE_TYPE && operation === "update" && isUnknown(now.rejected);
}

function changesOfStep(step: Step, kind: Kind): Change[] {
  const title = kind.title(step);
  const change = step.lost && step.operation === "create" ? "recreated" : words[step.operation];
  const both = step.operation === "update" || step.operation === "replace";
  const lines = kind.fields.flatMap(({ path, label, labelOf, form, headline, unset = "" }) => {
    const [before, after] = [at(step.old, path), at(step.new, path)];
    if (step.operation === "delete" || (both && JSON.stringify(before) === JSON.stringify(after))) return [];
    const [shownBefore, shownAfter] = [both ? form(before) : undefined, form(after)];
    if (shownBefore === undefined && shownAfter === undefined) return [];
    if (!both && (!headline || shownAfter === hidden)) return [];
    return [
      {
        what: `${title}: ${labelOf?.(step.new) ?? label}`,
        change,
        before: shownBefore ?? (both ? unset : ""),
        after: shownAfter ?? unset,
      },
    ];
  });
  return lines.length > 0 && step.operation !== "replace"
    ? lines
    : [{ what: title, change, before: "", after: "" }, ...lines];
}
