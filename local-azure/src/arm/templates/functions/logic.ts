import { isDeepStrictEqual } from "node:util";
import { invalidTemplate } from "../errors";
import type { TemplateFunction } from "../expressions/scope";
import { Arguments } from "./arguments";

/** Texts are compared with case, as documented. */
export function sameValue(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b);
}

export const logicFunctions: Record<string, TemplateFunction> = {
  bool: (values, name) => {
    const value = new Arguments(name, values, 1).oneOf(0, ["text", "integer", "boolean"]);
    if (typeof value === "string" && /^(true|false)$/i.test(value)) return /^true$/i.test(value);
    if (typeof value !== "string") return Boolean(value);
    throw invalidTemplate(`The template language function 'bool' expects true or false; it is '${value}'`);
  },
  equals: (values, name) => {
    const [a, b] = new Arguments(name, values, 2).values;
    return sameValue(a, b);
  },
  false: () => false,
  greater: (values, name) => compared(name, values, (order) => order > 0),
  greaterorequals: (values, name) => compared(name, values, (order) => order >= 0),
  less: (values, name) => compared(name, values, (order) => order < 0),
  lessorequals: (values, name) => compared(name, values, (order) => order <= 0),
  not: (values, name) => !new Arguments(name, values, 1).get(0, "boolean"),
  null: () => null,
  true: () => true,
};

function compared(name: string, values: unknown[], holds: (order: number) => boolean): boolean {
  const given = new Arguments(name, values, 2);
  if (typeof values[0] === "string") {
    const [a = "", b = ""] = given.all("text");
    return holds(a < b ? -1 : a > b ? 1 : 0);
  }
  const [a = 0, b = 0] = given.all("integer");
  return holds(a - b);
}
