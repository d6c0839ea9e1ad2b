import { orList } from "../format/or-list";
import { withoutUndefined } from "../format/without-undefined";
import table from "./content-filters.json";

/** Severities from which text is filtered; the first filters most. */
export const SEVERITIES = ["Low", "Medium", "High"] as const;
export const SOURCES = ["Prompt", "Completion"] as const;
/** Whether an answer waits for its filter; `Asynchronous_filter`: it is streamed at once, and cut off afterwards. */
export const FILTER_MODES = ["Default", "Blocking", "Asynchronous_filter"] as const;

/** One filter of a policy, in Azure's words. */
export interface ContentFilterRow {
  /** Category, e.g. `Hate` or `Jailbreak`. */
  name: string;
  /** @default both, where the category has both */
  source?: (typeof SOURCES)[number];
  /** Text of this severity and above is filtered; only of the four categories of harm. @default as in the base policy */
  severityThreshold?: (typeof SEVERITIES)[number];
  /** Whether the filter runs. @default true */
  enabled?: boolean;
  /** Whether what it finds is refused, and not only reported. @default true */
  blocking?: boolean;
}

/** A row as it is sent: complete. */
export type CompleteRow = Required<Omit<ContentFilterRow, "severityThreshold">> &
  Pick<ContentFilterRow, "severityThreshold">;

/** Policy of the service that others are based on, and that a deployment has without one of its own. */
export const BASE_POLICY = table.basePolicy;
export const FILTER_NAMES = table.categories.map(({ name }) => name);

/** Every filter that the base policy has, and with `off` those that it has not. */
function defaultRows(off = false): CompleteRow[] {
  return table.categories
    .filter(({ enabled }) => enabled || off)
    .flatMap(({ name, sources, severity, enabled, blocking }) =>
      (sources as CompleteRow["source"][]).map((source) => ({
        ...{ name, source, enabled, blocking },
        ...(severity && { severityThreshold: severity as CompleteRow["severityThreshold"] }),
      })),
    );
}

/**
 * The filters of a policy: the base policy's, and over them what is given. All of them are sent, since it is a guess what Azure makes of a filter
 * that is left out.
 */
export function contentFilters(given: readonly ContentFilterRow[]): CompleteRow[] {
  const rows = new Map(defaultRows().map((row) => [keyOf(row), row]));
  for (const { name, source, ...changes } of given) {
    for (const row of defaultRows(true).filter((one) => one.name === name && (!source || one.source === source)))
      rows.set(keyOf(row), { ...row, enabled: true, blocking: true, ...withoutUndefined(changes) });
  }
  return [...rows.values()];
}

/** What is wrong with filters, one sentence each. @param setting - how the reader calls the list */
export function filterProblems(given: readonly ContentFilterRow[], setting: string): string[] {
  const seen = new Set<string>();
  return given.flatMap(({ name, source, severityThreshold }, index) => {
    const where = `${setting}[${index}]`;
    const category = table.categories.find((one) => one.name === name);
    if (!category) return [`${where}.name is ${JSON.stringify(name)}; expected ${orList(FILTER_NAMES)}.`];

    const found: string[] = [];
    if (source && !category.sources.includes(source)) {
      found.push(
        `${where}.source is "${source}", but Azure filters ${name} only in the ${category.sources[0]}. Remove it.`,
      );
    }
    if (severityThreshold && !category.severity)
      found.push(`${where}.severityThreshold is set, but ${name} has no severity levels. Remove it.`);
    const keys = (source ? [source] : category.sources).map((one) => keyOf({ name, source: one }));
    if (keys.some((key) => seen.has(key))) {
      found.push(
        `${where} is the second filter for ${name}${source ? ` of the ${source}` : ""}. Remove one of the two.`,
      );
    }
    for (const key of keys) seen.add(key);
    return found;
  });
}

/** Where a policy lets more through than the base policy does: a phrase each, with both values. */
export function weakerThanBase(rows: readonly ContentFilterRow[]): { name: string; how: string }[] {
  const sent = new Map(rows.map((row) => [keyOf(row), row]));
  return defaultRows().flatMap((base) => {
    const row = sent.get(keyOf(base));
    // Left out, it is the base policy's, as far as is known.
    if (!row) return [];
    const of = `${base.name} (${base.source})`;
    const weaker = (how: string) => [{ name: base.name, how: `${of} ${how}` }];
    if (row.enabled === false) return weaker("is off");
    if (row.blocking === false && base.blocking) return weaker("is reported, but not blocked");
    const { severityThreshold: is = base.severityThreshold } = row;
    return is && SEVERITIES.indexOf(is) > SEVERITIES.indexOf(base.severityThreshold!)
      ? weaker(`is filtered from severity ${is} instead of ${base.severityThreshold}`)
      : [];
  });
}

function keyOf({ name, source }: { name: string; source?: string }): string {
  return `${name}/${source}`;
}
