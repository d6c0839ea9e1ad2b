import { invalidTemplate } from "../errors";
import type { Surroundings, TemplateFunction } from "../expressions/scope";
import { Arguments } from "./arguments";

/** `resourceId` and its like: what comes before the type names the scope. */
export const idFunctions: Record<string, TemplateFunction> = {
  extensionresourceid: (values, name) => {
    const [scope = "", type = "", ...names] = new Arguments(name, values, 3, Infinity).all("text");
    return resourceId(scope.replace(/\/$/, ""), type, names);
  },
  resourceid: (values, name, surroundings) => {
    const texts = new Arguments(name, values, 2, Infinity).all("text");
    const at = texts.findIndex((text) => text.includes("/"));
    const [type = "", ...names] = texts.slice(Math.max(at, 0));
    return resourceId(scopeOf(texts.slice(0, Math.max(at, 0)), surroundings), type, names);
  },
  subscriptionresourceid: (values, name, { subscriptionId }) => {
    const texts = new Arguments(name, values, 2, Infinity).all("text");
    const [subscription, [type = "", ...names]] = texts[0]!.includes("/")
      ? [subscriptionId, texts]
      : [texts[0], texts.slice(1)];
    return resourceId(`/subscriptions/${subscription}`, type, names);
  },
  tenantresourceid: (values, name) => {
    const [type = "", ...names] = new Arguments(name, values, 2, Infinity).all("text");
    return resourceId("", type, names);
  },
};

/** Nothing, a resource group, or a subscription and a group. */
function scopeOf(before: string[], { scopeId, subscriptionId }: Surroundings): string {
  const [first, second] = before;
  if (first === undefined) return scopeId;
  return second === undefined
    ? `/subscriptions/${subscriptionId}/resourceGroups/${first}`
    : `/subscriptions/${first}/resourceGroups/${second}`;
}

/**
 * `{scope}/providers/{namespace}/{type}/{name}/{type}/{name}`; a resource group's id has no provider.
 * @param type - e.g. `Microsoft.CognitiveServices/accounts/deployments`, with a name for each segment behind the namespace
 */
export function resourceId(scope: string, type: string, names: string[]): string {
  const [namespace = "", ...types] = type.split("/");
  if (types.length !== names.length) {
    throw invalidTemplate(
      `Unable to evaluate template language function 'resourceId': the type '${type}' requires '${types.length}' resource name argument(s). ` +
        "Please see https://aka.ms/arm-resource-functions#resourceid for usage details.",
    );
  }
  const path = types.map((segment, at) => `${segment}/${names[at]}`).join("/");
  return /^Microsoft\.Resources$/i.test(namespace) && /^resourceGroups$/i.test(types[0] ?? "")
    ? `${scope}/${path}`
    : `${scope}/providers/${namespace}/${path}`;
}
