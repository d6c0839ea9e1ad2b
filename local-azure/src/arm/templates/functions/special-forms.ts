import { sameName } from "../../resources";
import { invalidTemplate } from "../errors";
import { memberOf } from "../expressions/members";
import type { Expression } from "../expressions/parse";
import type { Evaluate, Scope, SpecialForm } from "../expressions/scope";
import { Arguments } from "./arguments";
import { lambdaForms } from "./lambdas";

export const specialForms: Record<string, SpecialForm> = {
  ...lambdaForms,
  and: (scope, args, value) => args.every((argument) => truth(scope, argument, "and", value)),
  or: (scope, args, value) => args.some((argument) => truth(scope, argument, "or", value)),
  if: (scope, args, value) => {
    const [condition, yes, no] = new Arguments("if", args, 3).values as Expression[];
    return value(truth(scope, condition!, "if", value) ? yes! : no!, scope);
  },
  coalesce: (scope, args, value) => {
    for (const argument of args) {
      const found = value(argument, scope);
      if (found !== null && found !== undefined) return found;
    }
    return null;
  },
  copyindex: (scope, args, value) => {
    const values = args.map((argument) => value(argument, scope));
    const loop = values.find((one) => typeof one === "string");
    const offset = values.find((one) => typeof one === "number") ?? 0;
    const found = loop === undefined ? scope.loops[0] : scope.loops.find(({ name }) => sameName(name, loop));
    if (found) return found.index + offset;
    throw invalidTemplate(
      "The template function 'copyIndex' is not expected at this location. The function can only be used in a resource with copy specified. " +
        "Please see https://aka.ms/arm-copy for usage details.",
    );
  },
  parameters: (scope, args, value) => scope.surroundings.parameter(nameIn(scope, args, "parameters", value)),
  variables: (scope, args, value) => scope.surroundings.variable(nameIn(scope, args, "variables", value)),
  tryget: (scope, args, value) => {
    const [of, ...path] = args.map((argument) => value(argument, scope));
    return path.reduce<unknown>((found, at) => memberOf(found, at) ?? null, of);
  },
  reference: (scope, args, value) => runtime(scope, "reference").reference(args.map((one) => value(one, scope))),
  list: (scope, args, value) => {
    const [name, ...values] = args.map((argument) => value(argument, scope));
    return runtime(scope, String(name)).list(String(name), values);
  },
};

function truth(scope: Scope, argument: Expression, name: string, value: Evaluate): boolean {
  return new Arguments(name, [value(argument, scope)], 1).get(0, "boolean");
}

function nameIn(scope: Scope, args: Expression[], form: string, value: Evaluate): string {
  return new Arguments(
    form,
    args.map((argument) => value(argument, scope)),
    1,
  ).get(0, "text");
}

function runtime({ surroundings }: Scope, name: string) {
  if (surroundings.runtime) return surroundings.runtime;
  throw invalidTemplate(
    `The template function '${name}' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.`,
  );
}
