import type { FilterFinding } from "./chat-types";

const NAME = /^\w{1,40}$/;
/** Azure has about ten categories. */
const MOST = 20;
const SEVERITIES = ["safe", "low", "medium", "high"];

/** `{"violence":{"filtered":true,"severity":"medium"}}` as a list; members of another shape are left out. */
export function filterFindings(results: unknown): FilterFinding[] {
  if (typeof results !== "object" || results === null) return [];
  return Object.entries(results as Record<string, unknown>)
    .flatMap(([category, result]) => {
      const { filtered, severity, detected } = (result ?? {}) as Record<string, unknown>;
      if (!NAME.test(category) || typeof filtered !== "boolean") return [];
      const graded = typeof severity === "string" && SEVERITIES.includes(severity) ? { severity } : {};
      return [{ category, filtered, ...graded, ...(typeof detected === "boolean" ? { detected } : {}) }];
    })
    .slice(0, MOST);
}

/** The worse of two findings for each category: an answer's pieces are judged one by one. */
export function worstFindings(before: FilterFinding[] | undefined, more: FilterFinding[]): FilterFinding[] | undefined {
  if (!before || more.length === 0) return before ?? (more.length > 0 ? more : undefined);
  const known = new Map(before.map((finding) => [finding.category, finding]));
  for (const finding of more) {
    const other = known.get(finding.category);
    if (!other || badness(finding) > badness(other)) known.set(finding.category, finding);
  }
  return [...known.values()];
}

function badness({ filtered, severity, detected }: FilterFinding): number {
  return (filtered ? 10 : 0) + Math.max(0, SEVERITIES.indexOf(severity ?? "safe")) + (detected ? 1 : 0);
}
