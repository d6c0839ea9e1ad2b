import type { PlannedResource } from "../../../world/state";
import { evaluate } from "../expressions/evaluate";
import type { Scope } from "../expressions/scope";
import { isNested, nestedProperties } from "../template/nested";
import type { Evaluated } from "../template/outer-values";
import type { Members, Template } from "../template/read";

/** Members of a definition that are the template's own, not the resource's. */
const TEMPLATE_MEMBERS = [
  "type",
  "name",
  "apiVersion",
  "dependsOn",
  "condition",
  "copy",
  "scope",
  "comments",
  "metadata",
  "resourceGroup",
  "subscriptionId",
  "existing",
];

/** What a resource of a template is written with. */
export function bodyOf(
  { definition, type }: Pick<PlannedResource, "definition" | "type">,
  template: Template,
  scope: Scope,
  value: Evaluated = evaluate,
): Members {
  const own = Object.entries(definition).filter(([name]) => !TEMPLATE_MEMBERS.includes(name));
  if (!isNested(type)) return value(Object.fromEntries(own), scope) as Members;
  const rest = own.filter(([name]) => name !== "properties");
  const properties = nestedProperties(definition, template, scope, value);
  return { ...(value(Object.fromEntries(rest), scope) as Members), properties };
}
