import type { Method } from "../../catalog";
import type { GraderDemands } from "../../graders/demands";
import { isObject, type JsonObject } from "../../graders/json";
import type { RuleCode } from "./codes";

/** What the rules know besides the row. */
export interface RowSettings {
  method: Method;
  /** Base model, for messages. */
  model: string;
  /** Whether the model can be trained on images. */
  vision: boolean;
  maxImagesPerExample: number;
  maxImageBytes: number;
  /** reinforcement: what the grader asks of the row, where it is known. */
  grader?: GraderDemands;
}

/**
 * Takes a finding about the row at hand. The message never holds text of the dataset.
 *
 * @param sort - what distinguishes findings of one rule that are counted separately, e.g. `an AWS access key id`.
 */
export type Report = (code: RuleCode, message: string, sort?: string) => void;

export { isObject, type JsonObject };

/** `a string`, `an array`, `missing`, ...: what a value of JSON is, without saying its content. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  const kind = typeof value;
  return kind === "object" ? "an object" : `a ${kind}`;
}

/** A key fit to be shown: names that look like keys are no text of the dataset, other ones are not repeated. */
export function keyName(key: string): string {
  return /^[\w$.-]{1,40}$/.test(key) ? `'${key}'` : "(an unusual key)";
}

/** A value fit to be shown: a number, true, false or a short word, such as a misspelt role; of anything else its kind. */
export function shown(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && /^[A-Za-z_]{1,20}$/.test(value) ? `'${value}'` : kindOf(value);
}

/** Keys of other vendors' messages, and what is lost without them. */
const vendorKeys: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["thinking", "reasoning", "reasoning_content", "reasoning_details", "thought", "thoughts"].map((key) => [
      key,
      "The format doesn't support a model's reasoning: the model would learn only the answer. Move anything the answer needs into 'content', then remove the key",
    ]),
  ),
  cache_control: "It controls another vendor's cache and has no effect on training. Remove it",
  audio: "The service trains only on text and images. Put a transcript in 'content', then remove the key",
  annotations:
    "The format doesn't support annotations (citations). Write what the model should say about them in 'content', then remove the key",
};

function wayOut(key: string): string {
  if (Object.hasOwn(vendorKeys, key))
    return `${vendorKeys[key]!} (\`npm run -s convert -- FILE --out NEW.jsonl --drop ${key}\`).`;
  return "Put what the model needs into a message, then remove the key.";
}

/** Reports each key of `object` that is not allowed. `where` is the object's place in the row, e.g. `messages[2]`. */
export function checkKeys(object: JsonObject, allowed: readonly string[], where: string, report: Report): void {
  for (const key of Object.keys(object)) {
    if (allowed.includes(key)) continue;
    report(
      "unknown-key",
      `${where} has the key ${keyName(key)}, which is not one of ${allowed.join(", ")}. ${wayOut(key)}`,
    );
  }
}
