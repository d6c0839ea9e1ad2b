import { quoted } from "../../format/quoted";
import { type DatasetResult, type FindingKind, placeOf } from "../../datasets";

/** Errors that a failed preview lists; the rest is a number. */
const LISTED_ERRORS = 20;
/** Lines that a sentence about several findings names. */
const NAMED_LINES = 5;

/**
 * The reason why a file fails the preview. What looks like a secret or personal data comes first, whatever its severity; then errors,
 * of each kind the first with their lines, and the number of the rest.
 */
export function failureOf({ report, kinds }: DatasetResult): string {
  const { path, role, errorCount } = report;
  const disclosures = kinds.filter(({ code, severity }) => severity === "warning" && isDisclosure(code));
  const errors = kinds.filter(({ severity }) => severity === "error");
  const share = Math.max(1, Math.floor(LISTED_ERRORS / errors.length));
  const listed = errors.flatMap(({ code, first }) => first.slice(0, share).map((finding) => sentence(code, finding)));
  const rest = errorCount - listed.length;
  const option = role === "validation" ? " --role validation" : "";
  const more =
    rest > 0 ? [`... and ${rest} more: \`npm run -s validate -- ${quoted(path)}${option}\` lists them.`] : [];
  const about = disclosures.length > 0 ? ", and warnings about secrets or personal data, which are listed first" : "";
  const head = `${path} has ${errorCount} error${errorCount === 1 ? "" : "s"}${about}:`;
  return [head, ...disclosures.map(sentenceAbout), ...listed, ...more].join("\n  ");
}

/** One sentence for each kind of warning, secrets first: with the number of the findings, their first lines and the first message. */
export function warningLines({ kinds }: DatasetResult): string[] {
  return kinds.filter(({ severity }) => severity === "warning").map(sentenceAbout);
}

/** A sentence about all findings of a kind. */
export function sentenceAbout({ code, count, first }: FindingKind): string {
  const [finding] = first;
  if (count === 1) return sentence(code, finding!);
  const several = first.some(({ file }) => file !== undefined);
  const places = first.map((one) => (several ? (placeOf(one) ?? "the whole") : String(one.line)));
  const named = [...new Set(places)].slice(0, NAMED_LINES);
  const more = count > named.length ? ", ..." : "";
  const times = count.toLocaleString("en-US");
  return `${times} times, on ${several ? named.join("; ") : `lines ${named.join(", ")}`}${more}; ${sentence(code, finding!)}`;
}

function isDisclosure(code: string): boolean {
  return code === "secret" || code === "personal-data";
}

function sentence(code: string, finding: FindingKind["first"][number]): string {
  const place = placeOf(finding);
  return `${place === undefined ? "" : `${place}: `}${finding.message} (${code})`;
}
