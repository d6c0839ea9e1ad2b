import { asObject } from "../../../http/request";
import { evaluate } from "../expressions/evaluate";
import type { Scope } from "../expressions/scope";
import { withOuterValues, type Evaluated } from "./outer-values";
import type { Members, Template } from "./read";

export const DEPLOYMENT_TYPE = "Microsoft.Resources/deployments";

export function isNested(type: string): boolean {
  return type.toLowerCase() === DEPLOYMENT_TYPE.toLowerCase();
}

/** Whether the expressions of a nested template are those of the template around it: the default, but for language version 2.0. */
export function isOuter(definition: Members, { symbolic }: Pick<Template, "symbolic">): boolean {
  const options = asObject(asObject(definition.properties)?.expressionEvaluationOptions) ?? {};
  const { scope = symbolic ? "inner" : "outer" } = options;
  return /^outer$/i.test(String(scope));
}

/** What a nested deployment is sent as: `properties` with its template, which either has its own expressions or none. */
export function nestedProperties(
  definition: Members,
  outer: Template,
  scope: Scope,
  value: Evaluated = evaluate,
): Members {
  const {
    template,
    parameters,
    expressionEvaluationOptions: _options,
    ...rest
  } = asObject(definition.properties) ?? {};
  const properties = value(rest, scope) as Members;
  return isOuter(definition, outer)
    ? { ...properties, template: withOuterValues(template, scope, value) }
    : { ...properties, template, ...(parameters !== undefined && { parameters: value(parameters, scope) }) };
}
