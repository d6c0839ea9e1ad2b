import { asObject } from "../../../http/request";
import { invalidTemplate } from "../errors";
import { loopCount } from "../expressions/evaluate";
import type { Scope } from "../expressions/scope";
import { asText } from "../functions/text";
import type { Members } from "./read";

/** How values are evaluated: as far as they are known, or all. */
export type Evaluated = (value: unknown, scope: Scope) => unknown;

/**
 * A nested template whose expressions have the scope `outer`, as one without expressions: every value is that of the template around it.
 * Parameters and variables of its own are not seen there (documented), so they are left out.
 */
export function withOuterValues(template: unknown, scope: Scope, value: Evaluated): Members {
  const { $schema, contentVersion, resources, outputs } = asObject(template) ?? {};
  if (resources !== undefined && !Array.isArray(resources))
    throw invalidTemplate("'resources' of a nested template is not a list");
  return {
    $schema,
    contentVersion,
    resources: resourcesOf(resources ?? [], scope, value),
    ...(outputs !== undefined && { outputs: literal(value(outputs, scope)) }),
  };
}

function resourcesOf(list: unknown[], scope: Scope, value: Evaluated): Members[] {
  const loops = new Map<string, string[]>();
  const made = list.flatMap((each) => turns(asObject(each) ?? {}, scope, value, loops));
  return made.map((one) => ({
    ...one,
    dependsOn: (one.dependsOn as string[]).flatMap((wanted) => loops.get(wanted.toLowerCase()) ?? [wanted]),
  }));
}

/** A resource, or one for each turn of its loop; `loops` gets what the turns are called. */
function turns(definition: Members, scope: Scope, value: Evaluated, loops: Map<string, string[]>): Members[] {
  const copy = asObject(definition.copy);
  if (!copy) return [resourceOf(definition, scope, value)];
  const name = String(copy.name);
  const count = loopCount(value(copy.count, scope));
  const batch = /^serial$/i.test(asText(copy.mode)) ? Number(copy.batchSize ?? 1) : count;
  const made = Array.from({ length: count }, (_, index) => resourceOf(definition, scope.inLoop(name, index), value));
  const names = made.map((one) => `${asText(one.type)}/${asText(one.name)}`);
  loops.set(name.toLowerCase(), names);
  return made.map((one, index) => {
    const before = names.slice(0, Math.floor(index / batch) * batch);
    return { ...one, dependsOn: [...(one.dependsOn as string[]), ...before] };
  });
}

function resourceOf({ copy: _copy, resources, ...definition }: Members, scope: Scope, value: Evaluated): Members {
  const { dependsOn = [], properties, ...rest } = definition;
  const { template, ...others } = asObject(properties) ?? {};
  const held = template === undefined ? properties : others;
  const made = literal(value({ ...rest, ...(held !== undefined && { properties: held }) }, scope)) as Members;
  if (template !== undefined)
    made.properties = { ...(made.properties as Members), template: deeper(template, others, scope, value) };
  return {
    ...made,
    dependsOn: value(dependsOn, scope),
    ...(Array.isArray(resources) && { resources: resourcesOf(resources, scope, value) }),
  };
}

/** The template of a nested deployment in a nested template: with expressions of its own it stays as it is. */
function deeper(template: unknown, { expressionEvaluationOptions }: Members, scope: Scope, value: Evaluated): unknown {
  const isInner = /^inner$/i.test(asText(asObject(expressionEvaluationOptions)?.scope));
  return isInner ? template : withOuterValues(template, scope, value);
}

/** What is evaluated is not evaluated again. */
function literal(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith("[") && value.endsWith("]") ? `[${value}` : value;
  if (Array.isArray(value)) return value.map(literal);
  const members = asObject(value);
  return members ? Object.fromEntries(Object.entries(members).map(([name, one]) => [name, literal(one)])) : value;
}
