import type { z } from "zod";

/** An answer that says success, but is not what was asked for: of a gateway, a captive portal, a cache, a service in trouble. */
export class UnexpectedAnswer extends Error {
  constructor(
    /** What was asked for, e.g. `a fine-tuning job`. */
    readonly wanted: string,
    /** What came, in a few words of ours: nothing of the answer's own text. */
    readonly got: string,
  ) {
    super(`expected ${wanted}, got ${got}`);
    this.name = "UnexpectedAnswer";
  }
}

/**
 * The answer as what was asked for.
 *
 * @param wanted - for the error sentence, e.g. `a fine-tuning job`
 * @throws UnexpectedAnswer when it has another shape: whether the request was carried out is unknown then
 */
export function expectShape<T>(schema: z.ZodType<T>, answer: unknown, wanted: string): T {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new UnexpectedAnswer(wanted, describe(answer, read.error.issues[0]));
}

/** @throws UnexpectedAnswer unless the answer is about the object that was asked for */
export function expectId(answer: { id: string }, id: string, wanted: string): void {
  if (answer.id !== id) throw new UnexpectedAnswer(`${wanted} ${id}`, "one with a different id");
}

function describe(answer: unknown, issue: { path: PropertyKey[]; message: string } | undefined): string {
  if (answer === undefined || answer === null || answer === "") return "an empty response";
  if (typeof answer === "string") return isMarkup(answer) ? "an HTML page" : "text that is not JSON";
  if (typeof answer !== "object") return `a ${typeof answer}`;
  if (isError((answer as { error?: unknown }).error) && issue?.path.length !== 0) return "an error with status 200";
  const place = issue?.path.map(String).join(".");
  return place ? `an unrecognized JSON object (${place} is missing or has the wrong type)` : "unrecognized JSON";
}

/** A job has a member `error` as well: empty, or with null in it. */
function isError(error: unknown): boolean {
  if (typeof error === "string") return error !== "";
  return typeof error === "object" && error !== null && Object.values(error).some((value) => value !== null);
}

/** Whether a text is a page for a browser rather than data. */
export function isMarkup(text: string): boolean {
  return /^\uFEFF?\s*</.test(text);
}
