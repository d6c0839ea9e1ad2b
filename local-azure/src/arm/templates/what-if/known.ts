import { asObject } from "../../../http/request";
import { evaluate } from "../expressions/evaluate";
import { Scope, type Surroundings } from "../expressions/scope";
import { NotYet } from "../run/runtime";

/** `reference()` and `list...()` have no values before a deployment runs (documented: what-if does not resolve them). */
const runtime: Surroundings["runtime"] = {
  reference: () => {
    throw new NotYet("reference");
  },
  list: (name) => {
    throw new NotYet(name);
  },
};

/** Evaluated as far as it can be before a deployment runs: what needs the deployment stays as the text of its expression. */
export function evaluateKnown(value: unknown, scope: Scope): unknown {
  return known(value, new Scope({ ...scope.surroundings, runtime }, scope.loops));
}

function known(value: unknown, scope: Scope): unknown {
  const members = asObject(value);
  if (members && !("copy" in members))
    return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, known(member, scope)]));
  if (Array.isArray(value)) return value.map((item) => known(item, scope));
  try {
    return evaluate(value, scope);
  } catch (error) {
    if (error instanceof NotYet) return value;
    throw error;
  }
}
