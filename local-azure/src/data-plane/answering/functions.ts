import type { FunctionCall } from "../rows/training-row";
import type { Near } from "./example-index";
import { sampleOf } from "./schema-sample";
import { termsOf } from "./terms";

/** A function that a request offers. */
export interface OfferedFunction {
  name: string;
  description: string;
  /** JSON schema of its arguments. */
  parameters: Record<string, unknown>;
}

export interface Functions {
  offered: OfferedFunction[];
  /** `auto`, `none`, `required`, or the name of the one that must be called. */
  choice: "auto" | "none" | "required" | { name: string };
  /** Whether an answer may call several at once. */
  parallel: boolean;
}

/** The calls of an example, as far as the request offers their functions; empty where it offers one of them not, or wants others. */
export function offeredCalls({ exchange }: Near, { offered, choice, parallel }: Functions): FunctionCall[] {
  const { calls } = exchange.answer;
  const wanted = typeof choice === "object" ? calls.filter(({ name }) => name === choice.name) : calls;
  const made = wanted.map((call) => fitted(call, offered)).filter((call) => call !== undefined);
  if (choice === "none" || made.length < wanted.length) return [];
  return parallel ? made : made.slice(0, 1);
}

/** A call as the function's parameters allow it today: what was learned, where it fits. */
function fitted({ name, arguments: given }: FunctionCall, offered: OfferedFunction[]): FunctionCall | undefined {
  const called = offered.find((one) => one.name === name);
  return called && { name, arguments: sampleOf(called.parameters, given) };
}

/**
 * A call that no example shows: of the function that must be called, else of the first one whose name or description shares a word with
 * the question [guess: a model decides as it was trained].
 */
export function guessedCall({ offered, choice }: Functions, question: string): FunctionCall | undefined {
  const asked = termsOf(question);
  const isNear = ({ name, description }: OfferedFunction): boolean =>
    [...termsOf(`${name.replace(/[_-]|(?<=[a-z])(?=[A-Z])/g, " ")} ${description}`).keys()].some(
      (term) => term.length > 3 && asked.has(term),
    );
  const called =
    typeof choice === "object"
      ? offered.find(({ name }) => name === choice.name)
      : (offered.find(isNear) ?? (choice === "required" ? offered[0] : undefined));
  return called && { name: called.name, arguments: sampleOf(called.parameters, question) };
}
