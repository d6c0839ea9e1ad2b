import { sample } from "openapi-sampler";
import { asObject } from "../../http/request";
import { validatorOf } from "./schema-validator";

/** Values in values that are filled in; a schema may refer to itself. */
const MAX_DEPTH = 8;
/** One that must hold itself has no end: from here on it is left empty. */
const LAST_DEPTH = 2 * MAX_DEPTH;
/** Parts of an `allOf` that are looked at. */
const MAX_PARTS = 50;

/**
 * JSON that a schema allows, made of an answer: the answer itself where it is such JSON, else its members where they fit, its text in
 * texts, the first number in it in numbers, the value of an enumeration that it names, and for the rest values of the schema's types. All that
 * strict schemas may use is followed, and lengths, ranges and formats of simple values; a schema that asks for more (a pattern) may be missed, as a
 * model may miss a schema that is not strict.
 */
export function sampleOf(schema: Record<string, unknown>, answer: string): string {
  const fits = validatorOf(schema);
  const value = parsed(answer);
  if (value !== undefined && fits(value)) return answer;
  const filler = new Filler(schema, value === undefined ? answer : textOf(value));
  return JSON.stringify(filler.fill(schema, value, 0));
}

class Filler {
  constructor(
    private readonly schema: Record<string, unknown>,
    private readonly text: string,
  ) {}

  /** @param given - the answer's own value at this place, if it has one */
  fill(part: Record<string, unknown>, given: unknown, depth: number): unknown {
    if (depth > LAST_DEPTH) return null;
    const target = this.followed(part);
    if (target.const !== undefined) return target.const;
    if (Array.isArray(target.enum)) return this.named(target.enum, given);
    const branches = target.anyOf ?? target.oneOf;
    if (Array.isArray(branches)) return this.fill(this.branch(branches, given, depth), given, depth + 1);
    const types = (Array.isArray(target.type) ? target.type : [target.type ?? typeImplied(target)]) as unknown[];
    const type = types.find((one) => one === typeOf(given)) ?? types[0];
    switch (type) {
      case "object":
        return this.object(target, asObject(given), depth);
      case "array":
        return this.array(target, given, depth);
      case "null":
        return null;
      default:
        return this.leaf({ ...target, type }, given);
    }
  }

  private object(part: Record<string, unknown>, given: Record<string, unknown> | undefined, depth: number): unknown {
    const required = Array.isArray(part.required) ? part.required : [];
    const filled = Object.entries(asObject(part.properties) ?? {})
      // Deep down, and where the answer has an object of its own, only what must be there.
      .filter(([name]) => required.includes(name) || (given ? name in given : depth <= MAX_DEPTH))
      .map(([name, property]) => [name, this.fill(asObject(property) ?? {}, given?.[name], depth + 1)] as const);
    return Object.fromEntries(filled);
  }

  private array(part: Record<string, unknown>, given: unknown, depth: number): unknown[] {
    const items = asObject(part.items) ?? {};
    if (Array.isArray(given)) return given.map((item) => this.fill(items, item, depth + 1));
    const least = typeof part.minItems === "number" ? part.minItems : depth > MAX_DEPTH ? 0 : 1;
    return Array.from({ length: Math.min(least, 100) }, () => this.fill(items, undefined, depth + 1));
  }

  private leaf(part: Record<string, unknown>, given: unknown): unknown {
    const fits = validatorOf(part);
    const number = /-?\d+(\.\d+)?/.exec(this.text)?.[0];
    const own: Record<string, unknown> = {
      string: this.text,
      number: Number(number ?? 0),
      integer: Math.trunc(Number(number ?? 0)),
      boolean: true,
    };
    for (const value of [given, own[part.type as string] ?? this.text])
      if (value !== undefined && fits(value)) return value;
    return sample(part, {}, this.schema);
  }

  /** The value of an enumeration that the answer has at this place, or names. */
  private named(values: unknown[], given: unknown): unknown {
    const text = this.text.toLowerCase();
    return (
      values.find((value) => value === given) ??
      values.find((value) => typeof value === "string" && value !== "" && text.includes(value.toLowerCase())) ??
      values[0]
    );
  }

  /** The branch that the answer's value fits; deep down one that ends, so that a list of lists does. */
  private branch(branches: unknown[], given: unknown, depth: number): Record<string, unknown> {
    const known = branches.map((one) => this.followed(asObject(one) ?? {}));
    const fitting = given === undefined ? undefined : known.find((one) => this.allows(one, given));
    const ending = depth > MAX_DEPTH ? known.find(({ type }) => type !== "object" && type !== "array") : undefined;
    return fitting ?? ending ?? known[0] ?? {};
  }

  private allows(part: Record<string, unknown>, value: unknown): boolean {
    const type = part.type ?? typeImplied(part);
    return type === undefined || (Array.isArray(type) ? type : [type]).includes(typeOf(value));
  }

  /** The part itself, what it refers to, or all that it must be at once. */
  private followed(part: Record<string, unknown>, steps = 0): Record<string, unknown> {
    if (steps > LAST_DEPTH) return {};
    if (typeof part.$ref === "string") return this.followed(resolve(this.schema, part.$ref), steps + 1);
    if (!Array.isArray(part.allOf)) return part;
    const all = part.allOf.slice(0, MAX_PARTS).map((one) => this.followed(asObject(one) ?? {}, steps + MAX_DEPTH));
    return all.reduce(merged, { ...part, allOf: undefined });
  }
}

function merged(one: Record<string, unknown>, other: Record<string, unknown>): Record<string, unknown> {
  const required = [one.required, other.required].flatMap((names) =>
    Array.isArray(names) ? (names as unknown[]) : [],
  );
  const properties = { ...asObject(one.properties), ...asObject(other.properties) };
  return { ...one, ...other, type: other.type ?? one.type, required, properties };
}

/** `#`, or a path such as `#/$defs/step`. */
function resolve(schema: Record<string, unknown>, reference: string): Record<string, unknown> {
  return reference
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<Record<string, unknown>>((part, step) => asObject(part[step]) ?? {}, schema);
}

function typeImplied(part: Record<string, unknown>): string | undefined {
  if (part.properties !== undefined) return "object";
  return part.items === undefined ? undefined : "array";
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a JSON answer says, without its form: for the texts of another form. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return String(value);
  return Object.values(value).map(textOf).join(" ");
}
