import { invalidTemplate } from "../errors";
import type { Expression } from "../expressions/parse";
import type { Evaluate, Scope, SpecialForm } from "../expressions/scope";
import { Arguments } from "./arguments";

/** A function value: what `lambda('x', ...)` gives, and only functions of lists take. */
type Lambda = (...values: unknown[]) => unknown;

export const lambdaForms: Record<string, SpecialForm> = {
  lambda: (scope, args, evaluate): Lambda => {
    const names = args.slice(0, -1).map((name) => String(evaluate(name, scope)));
    const body = args.at(-1);
    if (!body) throw invalidTemplate("The template function 'lambda' has no body");
    return (...values) => evaluate(body, scope.binding(names, values));
  },
  lambdavariables: (scope, args, evaluate) =>
    scope.boundValue(new Arguments("lambdaVariables", values(scope, args, evaluate), 1).get(0, "text")),
  filter: (...call) => {
    const [list, test] = listAndLambda("filter", ...call);
    return list.filter((item, index) => test(item, index) === true);
  },
  map: (...call) => {
    const [list, made] = listAndLambda("map", ...call);
    return list.map((item, index) => made(item, index));
  },
  reduce: (scope, args, evaluate) => {
    const [list, start, step] = values(scope, args, evaluate);
    const items = new Arguments("reduce", [list], 1).get(0, "array");
    return items.reduce((so, item, index) => asLambda("reduce", step)(so, item, index), start);
  },
  sort: (...call) => {
    const [list, before] = listAndLambda("sort", ...call);
    return [...list].sort((a, b) => (before(a, b) === true ? -1 : before(b, a) === true ? 1 : 0));
  },
  toobject: (scope, args, evaluate) => {
    const [list, key, value] = values(scope, args, evaluate);
    const items = new Arguments("toObject", [list], 1).get(0, "array");
    return Object.fromEntries(
      items.map((item) => [
        String(asLambda("toObject", key)(item)),
        value === undefined ? item : asLambda("toObject", value)(item),
      ]),
    );
  },
};

function values(scope: Scope, args: Expression[], evaluate: Evaluate): unknown[] {
  return args.map((argument) => evaluate(argument, scope));
}

function listAndLambda(name: string, scope: Scope, args: Expression[], evaluate: Evaluate): [unknown[], Lambda] {
  const given = new Arguments(name, values(scope, args, evaluate), 2);
  return [given.get(0, "array"), asLambda(name, given.values[1])];
}

function asLambda(name: string, value: unknown): Lambda {
  if (typeof value === "function") return value as Lambda;
  throw invalidTemplate(`The template function '${name}' expects a lambda`);
}
