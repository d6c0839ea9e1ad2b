import { z } from "zod";
import { orList } from "../format/or-list";

/**
 * Building blocks of the settings. The message of each is the phrase after "expected": what the setting may be. sentences.ts turns
 * it into a sentence with the setting's name and value.
 */

/** Text of a certain form. */
export const text = (allowed: string, pattern = /\S/) =>
  z.string({ error: allowed }).regex(pattern, { error: allowed });

/** One of some words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: orList(words) });

export const yesOrNo = () => z.boolean({ error: "true or false" });

export const wholeNumber = (min: number, max = Number.MAX_SAFE_INTEGER) => {
  const error = max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min}` : `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};

/**
 * A whole number from 1, or text of a certain form. Where a value is of one kind and breaks its rule, zod gives that kind's message alone: so all have
 * the same.
 */
export const numberOrText = (error: string, pattern: RegExp) =>
  z.union([z.int({ error }).min(1, { error }), text(error, pattern)], { error });

/** A number in an interval that is open on the left, unless `from` is part of it. */
export const numberIn = (from: number, to = Infinity, includesFrom = false) => {
  const open = from === -Infinity ? "a number" : `a number greater than ${from}`;
  const lower = includesFrom ? `a number from ${from}` : open;
  const error = to === Infinity ? lower : includesFrom ? `${lower} to ${to}` : `${lower} and at most ${to}`;
  const number = z.number({ error });
  const ranged = (includesFrom ? number.min(from, { error }) : number.gt(from, { error })).max(to, { error });
  return z.preprocess(fraction, ranged);
};
const decimal = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i;

/** `pulumi config set --path` writes a fraction as text (`"0.5"`, pulumi 3.230): its number. Anything else stays as it is. */
export const fraction = (value: unknown): unknown =>
  typeof value === "string" && decimal.test(value) ? Number(value) : value;

/** Names and values; numbers and booleans, which the CLI makes of `config set --path tags.costCenter 42`, count as their text. */
export const textMap = (allowed: string) =>
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean()], { error: "text" }).transform(String), {
    error: allowed,
  });

/** Absent instead of empty, so that an empty object in Pulumi.yaml and none at all are the same. */
export const noneIfEmpty = <Value extends object>(value: Value): Value | undefined =>
  Object.values(value).every((field) => field === undefined) ? undefined : value;

/** An object with these fields and no others. */
export const element = <Shape extends z.ZodRawShape>(shape: Shape, fieldsAre = "the fields are") => {
  const names = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: ({ code }) => (code === "unrecognized_keys" ? `${fieldsAre} ${names}` : `an object with ${names}`),
  });
};

/** An element whose fields all have defaults or are optional: as a whole it may be left out too. */
export const group = <Shape extends z.ZodRawShape>(shape: Shape) => element(shape).prefault({} as never);
