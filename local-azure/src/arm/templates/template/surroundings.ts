import { randomUUID } from "node:crypto";
import type { TemplateDeploymentRecord } from "../../../world/state";
import type { World } from "../../../world/world";
import { findGroup, groupId } from "../../resources";
import { invalidTemplate } from "../errors";
import { evaluate } from "../expressions/evaluate";
import { Scope, type Surroundings } from "../expressions/scope";
import { NotYet } from "../run/runtime";
import { checkParameter } from "./parameters";
import type { Members, Template } from "./read";

type Of = Pick<TemplateDeploymentRecord, "name" | "resourceGroup" | "location" | "parameters" | "template"> & {
  /** Parameters without a value before the deployment runs. */
  unknown?: string[];
};

/**
 * What the expressions of a deployment can ask. Variables and defaults of parameters are evaluated when they are first used.
 */
export function scopeFor(
  world: Pick<World, "clock" | "origin" | "state">,
  deployment: Of,
  template: Template,
  runtime?: Surroundings["runtime"],
): Scope {
  const parameters = lazily("parameter", template.parameters, (name, declaration) => {
    if (deployment.unknown?.includes(name)) throw new NotYet(name);
    if (name in deployment.parameters) return deployment.parameters[name];
    const value = evaluate((declaration as Members).defaultValue ?? null, scope);
    if (value !== null) checkParameter(name, declaration as Members, value);
    return value;
  });
  const variables = lazily("variable", flatVariables(template.variables), (_, value) => evaluate(value, scope));
  const { subscriptionId, tenantId } = world.state;
  const subscription = `/subscriptions/${subscriptionId}`;
  const surroundings: Surroundings = {
    parameter: parameters,
    variable: (name) => {
      const looped = copiedVariable(template.variables, name);
      return looped ? (evaluate({ copy: [looped] }, scope) as Members)[looped.name as string] : variables(name);
    },
    userFunction: (name) => template.functions[name.toLowerCase()],
    about: {
      subscription: () => ({ id: subscription, subscriptionId, tenantId, displayName: "Local Azure" }),
      tenant: () => ({ tenantId, countryCode: "US", displayName: "Local Azure" }),
      deployment: () => aboutDeployment(deployment),
      environment: () => environment(world.origin),
      newguid: () => randomUUID(),
      utcnow: () => new Date(world.clock.now()).toISOString().replace(/[-:]|\.\d+/g, ""),
      ...(deployment.resourceGroup !== undefined && {
        resourcegroup: () => aboutGroup(world, deployment.resourceGroup!),
      }),
    },
    scopeId: deployment.resourceGroup === undefined ? subscription : groupId(world, deployment.resourceGroup),
    subscriptionId,
    ...(runtime && { runtime }),
  };
  const scope = new Scope(surroundings);
  return scope;
}

/** Each once, and never from itself. @throws AzureError InvalidTemplate */
function lazily(kind: string, declared: Members, value: (name: string, declaration: unknown) => unknown) {
  const found = new Map<string, unknown>();
  const open = new Set<string>();
  return (asked: string): unknown => {
    const name = Object.keys(declared).find((known) => known.toLowerCase() === asked.toLowerCase());
    if (name === undefined) {
      const page = kind === "variable" ? "arm-syntax-variables" : "arm-syntax-parameters";
      throw invalidTemplate(
        `The template ${kind} '${asked}' is not found. Please see https://aka.ms/${page} for usage details.`,
      );
    }
    if (found.has(name)) return found.get(name);
    if (open.has(name))
      throw invalidTemplate(`Circular reference detected: the template ${kind} '${name}' needs itself`);
    open.add(name);
    found.set(name, value(name, declared[name]));
    open.delete(name);
    return found.get(name);
  };
}

function flatVariables(variables: Members): Members {
  const { copy, ...others } = variables;
  return Array.isArray(copy) ? others : variables;
}

function copiedVariable({ copy }: Members, asked: string): Members | undefined {
  if (!Array.isArray(copy)) return undefined;
  return (copy as Members[]).find(({ name }) => String(name).toLowerCase() === asked.toLowerCase());
}

function aboutGroup(world: Pick<World, "state">, name: string) {
  const group = findGroup(world, name);
  const id = groupId(world, group?.name ?? name);
  return {
    id,
    name: group?.name ?? name,
    type: "Microsoft.Resources/resourceGroups",
    location: group?.location ?? "",
    tags: group?.tags ?? {},
    properties: { provisioningState: "Succeeded" },
  };
}

function aboutDeployment({ name, location, template, parameters }: Of) {
  return {
    name,
    ...(location !== undefined && { location }),
    properties: {
      template: { contentVersion: (template as Members).contentVersion },
      parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, { value }])),
      mode: "Incremental",
      provisioningState: "Running",
    },
  };
}

/** The names that templates ask for, on the service's own origin. */
function environment(origin: string) {
  return {
    name: "Local",
    resourceManager: `${origin}/`,
    portal: `${origin}/`,
    authentication: {
      loginEndpoint: `${origin}/`,
      audiences: [`${origin}/`],
      tenant: "common",
      identityProvider: "AAD",
    },
    suffixes: { storage: "core.windows.net", keyvaultDns: ".vault.azure.net" },
  };
}
