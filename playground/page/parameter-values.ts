import type { Settings } from "./settings-values";

export interface Parameter {
  key: keyof Pick<Settings, "temperature" | "topP" | "maxTokens" | "seed" | "frequencyPenalty" | "presencePenalty">;
  label: string;
  hint: string;
  min: number;
  max: number;
  /** Whether only whole numbers are allowed. */
  whole?: boolean;
}

/** Ranges of the chat completions API (2024-10-21); an empty field leaves the choice to the service. */
export const parameters: Parameter[] = [
  { key: "temperature", label: "Temperature", hint: "0 to 2", min: 0, max: 2 },
  { key: "topP", label: "Top P", hint: "0 to 1", min: 0, max: 1 },
  { key: "maxTokens", label: "Max tokens", hint: "of the answer", min: 1, max: Number.MAX_SAFE_INTEGER, whole: true },
  {
    key: "seed",
    label: "Seed",
    hint: "any whole number",
    min: Number.MIN_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    whole: true,
  },
  { key: "frequencyPenalty", label: "Frequency penalty", hint: "-2 to 2", min: -2, max: 2 },
  { key: "presencePenalty", label: "Presence penalty", hint: "-2 to 2", min: -2, max: 2 },
];

/** What people write for a number, also with a comma and on the way to one (`0.`, `.5`); neither `1e3` nor `0x10`. */
const decimal = /^[+-]?(\d+[.,]?\d*|[.,]\d+)$/;

/** The number that a text means; undefined where it is empty, no number or out of range, so that it isn't sent. */
export function readNumber({ min, max, whole }: Parameter, text: string): number | undefined {
  const typed = text.trim();
  if (!decimal.test(typed)) return undefined;
  const value = Number(typed.replace(",", "."));
  return value >= min && value <= max && (!whole || Number.isInteger(value)) ? value : undefined;
}

/** What is wrong with a text, with the range; undefined where nothing is. */
export function outOfRange(parameter: Parameter, text: string): string | undefined {
  if (text.trim() === "" || readNumber(parameter, text) !== undefined) return undefined;
  return `Not sent: ${rangeOf(parameter)}.`;
}

function rangeOf({ key, min, max, whole }: Parameter): string {
  if (key === "seed") return "expected a whole number";
  if (max === Number.MAX_SAFE_INTEGER) return `expected a whole number from ${min}`;
  return `expected a ${whole ? "whole number" : "number"} from ${min} to ${max}`;
}
