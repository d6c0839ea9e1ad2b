import { randomInt, randomUUID } from "node:crypto";
import { AzureError } from "../../http/azure-error";
import { asObject, bodyObject } from "../../http/request";
import { mayDo } from "../../rbac/permissions";
import type { PlannedResource, TemplateDeploymentRecord } from "../../world/state";
import type { World } from "../../world/world";
import type { AccessToken } from "../../sign-in/tokens";
import { apiVersions } from "../api-versions";
import { requireGroup, sameName } from "../resources";
import type { ArmCall } from "../route";
import { readTags } from "../tags";
import { invalidTemplate, notServed } from "./errors";
import { DEPLOYMENT_TYPE, isNested, isOuter } from "./template/nested";
import { asText } from "./functions/text";
import { scopeId } from "./records";
import { expandResources } from "./template/expand";
import { readParameters } from "./template/parameters";
import { readTemplate, type Template } from "./template/read";
import { scopeFor } from "./template/surroundings";

const NAME_RULE = /^[-\w._()]{1,64}$/;

/** A deployment that is asked for: by whom, to where, and what. */
export interface Asked {
  caller: Pick<AccessToken, "appid" | "oid">;
  /** Absent: to the subscription. */
  group?: string;
  name: string;
  location?: string;
  tags?: Record<string, string>;
  /** `template`, `parameters`, `mode`, as sent. */
  properties: Record<string, unknown>;
  /** Parameters whose values are not known before the deployment runs. */
  unknown?: string[];
}

/** @throws AzureError */
export function askedBy(world: World, call: ArmCall): Asked {
  const group = call.request.params.group === undefined ? undefined : requireGroup(world, call.param("group")).name;
  const body = bodyObject(call.request);
  const { location } = body;
  if (group === undefined && typeof location !== "string") {
    const sentence = "The 'location' property must be specified for the deployment to the subscription.";
    throw new AzureError(400, "LocationRequired", sentence);
  }
  return {
    caller: call.caller,
    ...(group !== undefined && { group }),
    name: call.param("deployment"),
    ...(typeof location === "string" && { location }),
    ...(body.tags !== undefined && { tags: readTags(body.tags) }),
    properties: asObject(body.properties) ?? {},
  };
}

/**
 * What would be deployed, checked as far as it can be before.
 * @throws AzureError, NotYet where a name or id depends on a parameter that is not known
 */
export function plan(world: World, asked: Asked): TemplateDeploymentRecord {
  const { caller, group, name, location, tags, properties, unknown = [] } = asked;
  if (!NAME_RULE.test(name)) {
    throw new AzureError(
      400,
      "InvalidDeploymentName",
      `The deployment name '${name}' is not valid: 1 to 64 letters, digits, '-', '_', '.', '(' and ')'.`,
    );
  }
  const complete = checkProperties(properties, group);
  const template = readTemplate(properties.template);
  const deployment: TemplateDeploymentRecord = {
    id: `${scopeId(world, group)}/providers/${DEPLOYMENT_TYPE}/${name}`,
    name,
    ...(group !== undefined && { resourceGroup: group }),
    ...(location !== undefined && { location }),
    ...(tags && { tags }),
    ...(complete && { complete: true as const }),
    template: properties.template,
    parameters: readParameters(template, asObject(properties.parameters) ?? {}, unknown),
    by: caller.appid,
    correlationId: randomUUID(),
    operationId: `08584${String(randomInt(1e9)).padStart(9, "0")}${String(randomInt(1e6)).padStart(6, "0")}`,
    startedAt: world.clock.now(),
    resources: [],
  };
  const scope = scopeFor(world, { ...deployment, unknown }, template);
  // Once, defaults too: they may be new ids or the time.
  const settled = Object.keys(template.parameters).filter((each) => !unknown.includes(each));
  const values = settled.map((each) => [each, scope.surroundings.parameter(each)]);
  deployment.parameters = Object.fromEntries(values) as Record<string, unknown>;
  deployment.resources = expandResources(template, scopeFor(world, { ...deployment, unknown }, template));
  for (const resource of deployment.resources) checkResource(world, caller, resource, template);
  checkCircles(deployment.resources);
  return deployment;
}

/** @returns whether the mode is Complete */
function checkProperties(properties: Record<string, unknown>, group: string | undefined): boolean {
  if (properties.templateLink !== undefined)
    throw notServed("'templateLink' (only templates that are sent themselves are; it");
  if (properties.parametersLink !== undefined) throw notServed("'parametersLink'");
  const { mode = "Incremental" } = properties;
  if (/^incremental$/i.test(String(mode))) return false;
  if (!/^complete$/i.test(String(mode))) {
    const sentence = `The request content was invalid: the mode is 'Incremental' or 'Complete', not '${String(mode)}'.`;
    throw new AzureError(400, "InvalidRequestContent", sentence);
  }
  if (group !== undefined) return true;
  const sentence =
    "Specified deployment mode 'Complete' is not supported for deployment at the current scope. Please see https://aka.ms/deployment-modes for usage details.";
  throw new AzureError(400, "InvalidDeployment", sentence);
}

function checkResource(
  world: World,
  caller: Asked["caller"],
  { id, type, name, apiVersion, state, definition }: PlannedResource,
  template: Template,
): void {
  if (state !== "waiting") return;
  const [namespace = "", ...types] = type.split("/");
  const versions = apiVersions(namespace, types.join("/"));
  if (!versions.some((known) => sameName(known, apiVersion))) {
    const sentence = `No registered resource provider found for location '${asText(definition.location)}' and API version '${apiVersion}' for type '${types.join("/")}'. The supported api-versions are '${versions.join(", ")}'.`;
    throw new AzureError(400, "NoRegisteredProviderFound", sentence);
  }
  if (isNested(type)) checkNested(name, definition, template);
  if (mayDo(world, caller.oid, { action: `${type}/write` }, id)) return;
  const sentence =
    `Authorization failed for template resource '${name.split("/").at(-1)}' of type '${type}'. The client '${caller.appid}' with object id '${caller.oid}' ` +
    `does not have permission to perform action '${type}/write' at scope '${id}'.`;
  throw new AzureError(403, "InvalidTemplateDeployment", `Deployment failed with multiple errors: '${sentence}'`);
}

/** Documented rules; the texts are guesses. */
function checkNested(name: string, definition: Record<string, unknown>, template: Template): void {
  const { mode = "Incremental" } = asObject(definition.properties) ?? {};
  if (!/^(incremental|\[.*)$/i.test(String(mode))) {
    throw invalidTemplate(
      `The nested deployment '${name}' has the mode '${String(mode)}': only 'Incremental' is supported for it. Please see https://aka.ms/deployment-modes for usage details`,
    );
  }
  if (template.symbolic && isOuter(definition, template)) {
    throw invalidTemplate(
      `The nested deployment '${name}' evaluates its expressions in the scope 'outer', which a template of language version 2.0 does not support`,
    );
  }
}

/** @throws AzureError InvalidTemplate when resources wait for each other */
function checkCircles(resources: PlannedResource[]): void {
  let left = resources;
  for (;;) {
    const free = left.filter(({ dependsOn }) => !left.some(({ id }) => dependsOn.includes(id)));
    left = left.filter((resource) => !free.includes(resource));
    if (left.length === 0) return;
    if (free.length === 0) {
      throw invalidTemplate(
        `Circular dependency detected on resource: '${left[0]!.id}'. Please see https://aka.ms/arm-syntax-resources for usage details.`,
      );
    }
  }
}
