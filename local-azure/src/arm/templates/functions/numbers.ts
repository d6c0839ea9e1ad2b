import { invalidTemplate } from "../errors";
import type { TemplateFunction } from "../expressions/scope";
import { Arguments } from "./arguments";

export const numberFunctions: Record<string, TemplateFunction> = {
  add: (values, name) => two(values, name, (a, b) => a + b),
  sub: (values, name) => two(values, name, (a, b) => a - b),
  mul: (values, name) => two(values, name, (a, b) => a * b),
  div: (values, name) => two(values, name, (a, b) => Math.trunc(a / nonZero(b))),
  mod: (values, name) => two(values, name, (a, b) => a % nonZero(b)),
  int: (values, name) => {
    const value = new Arguments(name, values, 1).oneOf(0, ["text", "integer"]);
    const number = Number(value);
    if (Number.isInteger(number) && value !== "") return number;
    throw invalidTemplate(`The template language function 'int' cannot read '${String(value)}'`);
  },
  max: (values, name) => Math.max(...list(values, name)),
  min: (values, name) => Math.min(...list(values, name)),
};

function two(values: unknown[], name: string, result: (a: number, b: number) => number): number {
  const [a = 0, b = 0] = new Arguments(name, values, 2).all("integer");
  return result(a, b);
}

function nonZero(divisor: number): number {
  if (divisor === 0) throw invalidTemplate("A template expression divides by zero");
  return divisor;
}

/** Of a list, or of the arguments themselves. */
function list(values: unknown[], name: string): number[] {
  const inside = Array.isArray(values[0]) && values.length === 1 ? (values[0] as unknown[]) : values;
  return new Arguments(name, inside, 1, Infinity).all("integer");
}
