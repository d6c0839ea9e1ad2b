import { invalidTemplate } from "../errors";
import { Arguments } from "../functions/arguments";
import { specialForms } from "../functions/special-forms";
import { functions } from "../functions/table";
import { memberOf } from "./members";
import { parseExpression, plainText, type Expression } from "./parse";
import type { Evaluate, Scope } from "./scope";

/** A JSON value of a template, every expression in it evaluated. @throws AzureError InvalidTemplate */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (typeof value === "string") {
    const expression = parseExpression(value);
    return expression ? evaluateExpression(expression, scope) : plainText(value);
  }
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope));
  if (typeof value !== "object" || value === null) return value;
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    if (name === "copy" && isCopyList(member)) members.push(...copies(member, scope));
    else members.push([String(evaluate(name, scope)), evaluate(member, scope)]);
  }
  return Object.fromEntries(members);
}

export function evaluateExpression(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "call":
      return callFunction(scope, expression.name, expression.args);
    case "member": {
      const of = evaluateExpression(expression.of, scope);
      const at = evaluateExpression(expression.at, scope);
      const found = memberOf(of, at);
      if (found !== undefined) return found;
      if (expression.safe) return null;
      throw missingMember(of, at);
    }
  }
}

function missingMember(of: unknown, at: unknown) {
  if (Array.isArray(of)) {
    return invalidTemplate(
      `The language expression property array index '${String(at)}' is out of bounds. Please see https://aka.ms/arm-functions for usage details.`,
    );
  }
  const names = typeof of === "object" && of !== null ? Object.keys(of).join(", ") : "";
  return invalidTemplate(
    `The language expression property '${String(at)}' doesn't exist, available properties are '${names}'. ` +
      "Please see https://aka.ms/arm-functions for usage details.",
  );
}

/** @throws AzureError InvalidTemplate for a function that is not there, in Azure's words for one that it does not have */
function callFunction(scope: Scope, name: string, args: Expression[]): unknown {
  const key = name.toLowerCase();
  const inside: Evaluate = (expression, within = scope) => evaluateExpression(expression, within);
  const special = specialForms[key];
  if (special) return special(scope, args, inside);
  if (/^list\w+$/.test(key)) return specialForms.list!(scope, [{ kind: "literal", value: name }, ...args], inside);
  const values = args.map((argument) => inside(argument));
  const plain = functions[key];
  if (plain) return plain(values, name, scope.surroundings);
  const own = callUserFunction(scope, name, values);
  if (own !== undefined) return own;
  const about = scope.surroundings.about[key];
  if (about && args.length === 0) return about();
  throw unknownFunction(name);
}

function unknownFunction(name: string) {
  return invalidTemplate(
    `The template function '${name}' is not valid. Please see https://aka.ms/arm-functions for usage details. ` +
      `(This service knows: ${[...Object.keys(specialForms), ...Object.keys(functions)].sort().join(", ")}.)`,
  );
}

/** A function that the template itself declares: its body sees its own parameters alone. */
function callUserFunction(scope: Scope, name: string, values: unknown[]): unknown {
  const declared = scope.surroundings.userFunction(name);
  if (!declared) return undefined;
  const { parameters, output } = declared;
  new Arguments(name, values, parameters.length);
  const depth = (scope.surroundings.depth ?? 0) + 1;
  if (depth > 50) throw invalidTemplate(`The function '${name}' calls itself`);
  const inside = { ...scope.surroundings, depth };
  inside.parameter = (asked) => {
    const at = parameters.findIndex((parameter) => parameter.toLowerCase() === asked.toLowerCase());
    if (at >= 0) return values[at];
    throw invalidTemplate(`The function '${name}' has no parameter '${asked}'`);
  };
  return evaluate(output, scope.around(inside));
}

interface Copy {
  name: string;
  count: unknown;
  input: unknown;
}

function isCopyList(value: unknown): value is Copy[] {
  const isCopy = (one: unknown) => typeof one === "object" && one !== null && "input" in one && "count" in one;
  return Array.isArray(value) && value.every(isCopy);
}

/** Loops of properties, variables: `copy: [{ name, count, input }]` makes the list `name`. */
function copies(list: Copy[], scope: Scope): [string, unknown][] {
  return list.map(({ name, count, input }) => {
    const times = loopCount(evaluate(count, scope));
    const items = Array.from({ length: times }, (_, index) => evaluate(input, scope.inLoop(name, index)));
    return [name, items];
  });
}

/** Documented: at most 800. @throws AzureError InvalidTemplate */
export function loopCount(count: unknown): number {
  if (typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= 800) return count;
  throw invalidTemplate(`The copy count ${JSON.stringify(count)} is not valid: it is a whole number from 0 to 800.`);
}
