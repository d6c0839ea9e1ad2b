import type { FileReport, Finding } from "../../datasets";

/** Errors that a failed preview lists; the rest is a number. */
const LISTED_ERRORS = 20;
/** Warnings kept in the state. */
const KEPT_WARNINGS = 20;

/** The reason why a file fails the preview: each error with its line, up to a cap, and the number of the rest. */
export function failureOf({ path, role, errors, errorCount }: FileReport): string {
  const listed = errors.slice(0, LISTED_ERRORS).map(sentence);
  const rest = errorCount - listed.length;
  const option = role === "validation" ? " --role validation" : "";
  const more = rest > 0 ? [`... and ${rest} more: \`npm run -s validate -- ${path}${option}\` lists them.`] : [];
  return [`${path} has ${errorCount} error${errorCount === 1 ? "" : "s"}:`, ...listed, ...more].join("\n  ");
}

/** One sentence per warning, up to a cap, and the number of the rest. */
export function warningLines({ warnings, warningCount }: FileReport): string[] {
  const kept = warnings.slice(0, KEPT_WARNINGS).map(sentence);
  return warningCount > kept.length ? [...kept, `... and ${warningCount - kept.length} more`] : kept;
}

function sentence({ code, line, message }: Finding): string {
  return line > 0 ? `line ${line}: ${message} (${code})` : `${message} (${code})`;
}
