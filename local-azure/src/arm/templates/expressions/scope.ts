import { invalidTemplate } from "../errors";
import type { Expression } from "./parse";

/** Evaluates an argument, in the scope of the call unless another is given. */
export type Evaluate = (expression: Expression, within?: Scope) => unknown;

/** A function of its arguments' values; `name` as the template spells it, for messages. */
export type TemplateFunction = (values: unknown[], name: string, surroundings: Surroundings) => unknown;

/** A function that decides itself which of its arguments are evaluated, or that asks the deployment. */
export type SpecialForm = (scope: Scope, args: Expression[], evaluate: Evaluate) => unknown;

/** What the functions of a deployment can ask: names in any case. */
export interface Surroundings {
  parameter(name: string): unknown;
  variable(name: string): unknown;
  /** A function of the template itself, e.g. `__bicep.named`. */
  userFunction(name: string): { parameters: string[]; output: unknown } | undefined;
  /** `subscription()`, `resourceGroup()`, `deployment()`, `environment()`, `tenant()`; absent where there is none. */
  about: Record<string, () => unknown>;
  /** Functions of the template that are being called, in each other. */
  depth?: number;
  /** Ids of the scope that is deployed to. */
  scopeId: string;
  subscriptionId: string;
  /** `reference()` and `list...()`; absent before resources are made. */
  runtime?: {
    reference(args: unknown[]): unknown;
    list(name: string, args: unknown[]): unknown;
  };
}

/** Where an expression is evaluated: the deployment, the loops around it, and the names that lambdas have bound. */
export class Scope {
  constructor(
    readonly surroundings: Surroundings,
    readonly loops: { name: string; index: number }[] = [],
    private readonly bound: Record<string, unknown> = {},
  ) {}

  /** The innermost loop is the first. */
  inLoop(name: string, index: number): Scope {
    return new Scope(this.surroundings, [{ name, index }, ...this.loops], this.bound);
  }

  /** The same loops and names in other surroundings. */
  around(surroundings: Surroundings): Scope {
    return new Scope(surroundings, this.loops, this.bound);
  }

  binding(names: string[], values: unknown[]): Scope {
    const own = Object.fromEntries(names.map((name, at) => [name.toLowerCase(), values[at]]));
    return new Scope(this.surroundings, this.loops, { ...this.bound, ...own });
  }

  boundValue(name: string): unknown {
    const value = this.bound[name.toLowerCase()];
    if (value !== undefined) return value;
    throw invalidTemplate(`The lambda variable '${name}' is not found.`);
  }
}
