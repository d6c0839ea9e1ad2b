import { asObject } from "../../../http/request";
import type { PlannedResource } from "../../../world/state";
import { invalidTemplate, notServed } from "../errors";
import { evaluate, loopCount } from "../expressions/evaluate";
import type { Scope } from "../expressions/scope";
import { resourceId } from "../functions/ids";
import { asText } from "../functions/text";
import type { Members, Template } from "./read";

/** Types whose resources this service makes; `scopes`: what a resource's id may begin with. */
export const SERVED = [
  "Microsoft.CognitiveServices/accounts",
  "Microsoft.CognitiveServices/accounts/deployments",
  "Microsoft.CognitiveServices/accounts/raiPolicies",
  "Microsoft.CognitiveServices/accounts/projects",
  "Microsoft.CognitiveServices/accounts/connections",
  "Microsoft.CognitiveServices/accounts/projects/connections",
  "Microsoft.Authorization/locks",
  "Microsoft.Authorization/roleAssignments",
  "Microsoft.Resources/deployments",
  "Microsoft.Resources/resourceGroups",
  "Microsoft.Resources/tags",
];

interface Parent {
  type: string;
  name: string;
  scope?: unknown;
}

/**
 * A template's resources as single ones: loops spread out, children beside their parents, names and ids evaluated. What a resource holds is
 * evaluated when its turn comes.
 * @throws AzureError InvalidTemplate
 */
export function expandResources(template: Template, scope: Scope): PlannedResource[] {
  const planned = template.resources.flatMap(({ symbol, definition }) => expand(definition, scope, symbol));
  return planned.map((resource) => ({ ...resource, dependsOn: dependencies(resource, planned) }));
}

function expand(definition: Members, scope: Scope, symbol?: string, parent?: Parent): PlannedResource[] {
  const copy = asObject(definition.copy);
  if (!copy) return one(definition, scope, { symbol, parent });
  const name = String(copy.name);
  const count = loopCount(evaluate(copy.count, scope));
  const batch = /^serial$/i.test(asText(copy.mode)) ? Number(copy.batchSize ?? 1) : count;
  return Array.from({ length: count }, (_, index) =>
    one(definition, scope.inLoop(name, index), { symbol, parent, loop: { name, index, batch } }),
  ).flat();
}

interface Place {
  symbol?: string;
  parent?: Parent;
  loop?: { name: string; index: number; batch: number };
}

function one(definition: Members, scope: Scope, { symbol, parent, loop }: Place): PlannedResource[] {
  const own = text(definition.type, "type");
  const type = parent ? `${parent.type}/${own}` : own;
  const name = String(evaluate(definition.name, scope));
  const fullName = parent ? `${parent.name}/${name}` : name;
  const where = { type, name: fullName, scope: definition.scope ?? parent?.scope };
  const existing = definition.existing === true;
  if (!existing && !SERVED.some((known) => known.toLowerCase() === type.toLowerCase()))
    throw notServed(`The resource type '${type}' (this service makes ${SERVED.join(", ")}); it`);
  const { resources, ...rest } = definition;
  const condition = definition.condition === undefined || evaluate(definition.condition, scope) === true;
  const resource: PlannedResource = {
    id: idOf(definition, where, scope),
    type,
    name: fullName,
    apiVersion: String(evaluate(definition.apiVersion ?? "", scope)),
    ...(symbol !== undefined && { symbol }),
    ...(loop && { loop }),
    loops: scope.loops,
    definition: rest,
    dependsOn: asList(definition.dependsOn).map((each) => String(evaluate(each, scope))),
    state: existing ? "existing" : condition ? "waiting" : "skipped",
  };
  const children = asList(resources).flatMap((child) => expand(asObject(child) ?? {}, scope, undefined, where));
  return [resource, ...children];
}

function idOf(definition: Members, { type, name, scope: within }: Parent, scope: Scope): string {
  const names = name.split("/");
  const { scopeId, subscriptionId } = scope.surroundings;
  const group = definition.resourceGroup === undefined ? undefined : String(evaluate(definition.resourceGroup, scope));
  if (definition.subscriptionId !== undefined) {
    const other = String(evaluate(definition.subscriptionId, scope));
    if (other.toLowerCase() !== subscriptionId.toLowerCase())
      throw notServed(`Deployment to another subscription (${other})`);
  }
  if (group !== undefined) return resourceId(`/subscriptions/${subscriptionId}/resourceGroups/${group}`, type, names);
  if (definition.subscriptionId !== undefined || /^Microsoft\.Resources\/resourceGroups$/i.test(type))
    return resourceId(`/subscriptions/${subscriptionId}`, type, names);
  if (within === undefined) return resourceId(scopeId, type, names);
  const given = String(evaluate(within, scope)).replace(/\/$/, "");
  return resourceId(given.startsWith("/") ? given : idOfScope(given, scopeId), type, names);
}

/** A scope that is named as `Microsoft.CognitiveServices/accounts/name`: of the resource group. */
function idOfScope(named: string, scopeId: string): string {
  const [namespace = "", ...segments] = named.split("/");
  const types = segments.filter((_, at) => at < segments.length / 2);
  const names = segments.slice(types.length);
  // With children, types come before names in the short form.
  return resourceId(scopeId, [namespace, ...types].join("/"), names);
}

/** What each of `dependsOn` names: an id, `type/name`, a name alone, a symbol or a loop. @returns ids */
function dependencies(resource: PlannedResource, all: PlannedResource[]): string[] {
  const named = resource.dependsOn.flatMap((wanted) => {
    const found = all.filter((other) => other !== resource && answersTo(other, wanted));
    if (found.length === 0) {
      throw invalidTemplate(
        `The resource '${wanted}' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details.`,
      );
    }
    return found.map(({ id }) => id);
  });
  return [...new Set([...named, ...earlierBatch(resource, all)])];
}

/** Loops that run one batch after the other (`mode: serial`, Bicep's `@batchSize`). */
function earlierBatch({ loop, symbol, type }: PlannedResource, all: PlannedResource[]): string[] {
  if (!loop || loop.index < loop.batch) return [];
  const before = Math.floor(loop.index / loop.batch) * loop.batch;
  return all
    .filter((other) => other.symbol === symbol && other.type === type && other.loop?.name === loop.name)
    .filter((other) => other.loop!.index < before)
    .map(({ id }) => id);
}

function answersTo({ id, type, name, symbol, loop }: PlannedResource, wanted: string): boolean {
  const names = [
    id,
    name,
    `${type}/${name}`,
    symbol,
    loop?.name,
    ...(loop && symbol ? [`${symbol}[${loop.index}]`] : []),
  ];
  return names.some((other) => other?.toLowerCase() === wanted.replace(/\/$/, "").toLowerCase());
}

function text(value: unknown, member: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw invalidTemplate(`A resource of the template has no '${member}'`);
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : Object.values(asObject(value) ?? {});
}
