import { invalidTemplate } from "../errors";

const TYPES = {
  text: (value: unknown): value is string => typeof value === "string",
  integer: (value: unknown): value is number => typeof value === "number" && Number.isInteger(value),
  boolean: (value: unknown): value is boolean => typeof value === "boolean",
  array: (value: unknown): value is unknown[] => Array.isArray(value),
  object: (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value),
};
type Types = { text: string; integer: number; boolean: boolean; array: unknown[]; object: Record<string, unknown> };

/**
 * The values that a function was called with, as it needs them. That Azure refuses others is documented, its words are a guess.
 */
export class Arguments {
  constructor(
    private readonly name: string,
    readonly values: unknown[],
    minimum: number,
    maximum = minimum,
  ) {
    const { length } = values;
    if (length >= minimum && length <= maximum) return;
    const expected =
      minimum === maximum ? String(minimum) : maximum === Infinity ? `at least ${minimum}` : `${minimum} to ${maximum}`;
    throw invalidTemplate(
      `Unable to evaluate template language function '${name}': function requires ${expected} argument(s) while ${length} were provided`,
    );
  }

  get<T extends keyof Types>(at: number, type: T): Types[T] {
    const value = this.values[at];
    if (TYPES[type](value)) return value as Types[T];
    throw this.wrong(at, type);
  }

  all<T extends keyof Types>(type: T): Types[T][] {
    return this.values.map((_, at) => this.get(at, type));
  }

  /** The first of these types that the value has. */
  oneOf(at: number, types: (keyof Types)[]): unknown {
    const value = this.values[at];
    if (types.some((type) => TYPES[type](value))) return value;
    throw this.wrong(at, types.join(" or "));
  }

  private wrong(at: number, expected: string) {
    const given = JSON.stringify(this.values[at]) ?? "none";
    return invalidTemplate(
      `The template language function '${this.name}' expects its parameter at position ${at + 1} to be of type ${expected}; it is ${given}`,
    );
  }
}
