import { orList } from "../../format/or-list";

/** What a value may be, as a test and in words. */
export interface Allowed<Value> {
  /** After "expected", e.g. `a whole number from 1 to 50, or auto`. */
  words: string;
  /** In a table of settings, e.g. `1-50`. */
  range: string;
  /** Words that are allowed, to name the one that a misspelt word stands for. */
  choices?: readonly string[];
  accepts: (value: unknown) => value is Value;
}

/** A whole number, both ends included. Default of `to`: no upper end. */
export function wholeFrom(from: number, to = Infinity): Allowed<number> {
  return {
    words: to === Infinity ? `a whole number from ${from}` : `a whole number from ${from} to ${to}`,
    range: to === Infinity ? `>= ${from}` : `${from}-${to}`,
    accepts: (value): value is number =>
      Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to,
  };
}

/** A finite number `from` a value that is included, or `above` one that is not, up to and including `to`. */
export function numberFrom(ends: ({ from: number } | { above: number }) & { to?: number }): Allowed<number> {
  const { to = Infinity } = ends;
  const included = "from" in ends;
  const lower = included ? ends.from : ends.above;
  const start = included ? `a number from ${lower}` : `a number greater than ${lower}`;
  const inRange = (value: number) => (included ? value >= lower : value > lower) && value <= to;
  return {
    words: to === Infinity ? start : included ? `${start} to ${to}` : `${start} and at most ${to}`,
    range: to === Infinity ? `${included ? ">=" : ">"} ${lower}` : included ? `${lower}-${to}` : `(${lower}-${to}]`,
    accepts: (value): value is number => typeof value === "number" && Number.isFinite(value) && inRange(value),
  };
}

/** What `value` allows, or `auto`: the service chooses. */
export function autoOr<Value>({ words, range, choices = [], accepts }: Allowed<Value>): Allowed<Value | "auto"> {
  return {
    words: `${words}, or auto`,
    range,
    choices: [...choices, "auto"],
    accepts: (value): value is Value | "auto" => value === "auto" || accepts(value),
  };
}

/** One of some words. */
export function oneOf<const Words extends readonly string[]>(...allowed: Words): Allowed<Words[number]> {
  return {
    words: orList(allowed),
    range: `(${allowed.join(", ")})`,
    choices: allowed,
    accepts: (value): value is Words[number] => typeof value === "string" && allowed.includes(value),
  };
}
