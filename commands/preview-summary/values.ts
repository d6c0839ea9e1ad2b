import { extraMembers, type Members } from "../../dynamic-providers/fine-tuning-job/extra-body";
import { BASE_POLICY, contentFilters, type ContentFilterRow, FILTER_NAMES, SEVERITIES, SOURCES } from "../../catalog";
import { isUnknown } from "./steps";

/**
 * How a property is shown. Each form passes only what it knows to be harmless; everything else, above all free text and what
 * the engine marks as a secret, becomes "(set)" or "(changed)" in the table.
 */
export type Form = (value: unknown) => string | undefined;

/** Shown for a value that exists but does not belong in a pull request. */
export const hidden = "(not shown)";
const later = "(known after `up`)";

/** A number with thousands separated. */
export const count: Form = (value) => (typeof value === "number" ? value.toLocaleString("en-US") : other(value));

/** One word of a fixed set, or a number. */
export const word: Form = (value) => {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && /^[A-Za-z][A-Za-z0-9]{0,30}$/.test(value) ? value : other(value);
};

/** Name of a model, deployment, region or file: letters, digits and `. _ - : /`, so nothing that reads as prose. */
export const name: Form = (value) =>
  typeof value === "string" && !isUnknown(value) && /^[\w.:/ -]{1,120}$/.test(value) && value !== "[secret]"
    ? `\`${value}\``
    : other(value);

/** First 12 characters of a hash. */
export const hash: Form = (value) =>
  typeof value === "string" && /^[0-9a-f]{64}$/.test(value) ? `\`${value.slice(0, 12)}\`` : other(value);

export const yesNo: Form = (value) => (typeof value === "boolean" ? (value ? "yes" : "no") : other(value));

/** The negation of a property, e.g. of `disableLocalAuth` as "keys accepted". */
export const noYes: Form = (value) => (typeof value === "boolean" ? yesNo(!value) : other(value));

/** How many entries a list or an object has. */
export const entries: Form = (value) =>
  typeof value === "object" && value !== null ? String(Object.keys(value).length) : other(value);

/** A list of names. */
export const names: Form = (value) =>
  Array.isArray(value) ? value.map((one) => name(one) ?? hidden).join(", ") || undefined : other(value);

/** Names of the fields of `job.extraBody`, never their values. */
export const fieldNames: Form = (value) => {
  if (typeof value !== "object" || value === null) return other(value);
  const names = extraMembers(value as Members).map(([path]) => name(path.join(".")) ?? hidden);
  return names.length > 0 ? names.join(", ") : undefined;
};

/** Where a content filter differs from the base policy, as `Hate (Prompt): Low`. */
export const filters: Form = (value) => {
  if (!Array.isArray(value)) return other(value);
  const base = new Set(contentFilters([]).map(filterText));
  const differing = (value as ContentFilterRow[]).map(filterText).filter((text) => !base.has(text));
  return differing.length > 0 ? differing.join(", ") : `as ${BASE_POLICY}`;
};

function filterText({ name: category, source, severityThreshold, enabled, blocking }: ContentFilterRow): string {
  if (!FILTER_NAMES.includes(category)) return hidden;
  const threshold = SEVERITIES.find((one) => one === severityThreshold) ?? "on";
  const strength = enabled === false ? "off" : blocking === false ? `${threshold}, reported only` : threshold;
  return `${category} (${SOURCES.find((one) => one === source) ?? "both"}): ${strength}`;
}

/** Never shown: free text, or of no interest beyond the fact that it changed. */
export const secret: Form = (value) => other(value);

function other(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return isUnknown(value) ? later : hidden;
}
