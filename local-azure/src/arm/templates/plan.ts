import { randomInt, randomUUID } from "node:crypto";
import { AzureError } from "../../http/azure-error";
import { asObject, bodyObject } from "../../http/request";
import { mayDo } from "../../rbac/permissions";
import type { PlannedResource, TemplateDeploymentRecord } from "../../world/state";
import type { World } from "../../world/world";
import { apiVersions } from "../api-versions";
import { requireGroup, sameName } from "../resources";
import type { ArmCall } from "../route";
import { readTags } from "../tags";
import { DEPLOYMENT_TYPE } from "./deployment-view";
import { invalidTemplate, notServed } from "./errors";
import { asText } from "./functions/text";
import { scopeId } from "./records";
import { expandResources } from "./template/expand";
import { readParameters } from "./template/parameters";
import { readTemplate } from "./template/read";
import { scopeFor } from "./template/surroundings";

const NAME_RULE = /^[-\w._()]{1,64}$/;

/** What would be deployed, checked as far as it can be before. @throws AzureError */
export function planDeployment(world: World, call: ArmCall): TemplateDeploymentRecord {
  const group = call.request.params.group === undefined ? undefined : requireGroup(world, call.param("group")).name;
  const name = call.param("deployment");
  if (!NAME_RULE.test(name)) {
    throw new AzureError(
      400,
      "InvalidDeploymentName",
      `The deployment name '${name}' is not valid: 1 to 64 letters, digits, '-', '_', '.', '(' and ')'.`,
    );
  }
  const body = bodyObject(call.request);
  const properties = asObject(body.properties) ?? {};
  checkProperties(properties);
  const { location } = body;
  if (group === undefined && typeof location !== "string") {
    const sentence = "The 'location' property must be specified for the deployment to the subscription.";
    throw new AzureError(400, "LocationRequired", sentence);
  }
  const template = readTemplate(properties.template);
  const deployment: TemplateDeploymentRecord = {
    id: `${scopeId(world, call)}/providers/${DEPLOYMENT_TYPE}/${name}`,
    name,
    ...(group !== undefined && { resourceGroup: group }),
    ...(typeof location === "string" && { location }),
    ...(body.tags !== undefined && { tags: readTags(body.tags) }),
    template: properties.template,
    parameters: readParameters(template, asObject(properties.parameters) ?? {}),
    by: call.caller.appid,
    correlationId: randomUUID(),
    operationId: `08584${String(randomInt(1e9)).padStart(9, "0")}${String(randomInt(1e6)).padStart(6, "0")}`,
    startedAt: world.clock.now(),
    resources: [],
  };
  const scope = scopeFor(world, deployment, template);
  // Once, defaults too: they may be new ids or the time.
  const values = Object.keys(template.parameters).map((each) => [each, scope.surroundings.parameter(each)]);
  deployment.parameters = Object.fromEntries(values) as Record<string, unknown>;
  deployment.resources = expandResources(template, scopeFor(world, deployment, template));
  for (const resource of deployment.resources) checkResource(world, call, resource);
  checkCircles(deployment.resources);
  return deployment;
}

function checkProperties(properties: Record<string, unknown>): void {
  if (properties.templateLink !== undefined)
    throw notServed("'templateLink' (only templates that are sent themselves are; it");
  if (properties.parametersLink !== undefined) throw notServed("'parametersLink'");
  const { mode = "Incremental" } = properties;
  if (!/^incremental$/i.test(String(mode))) throw notServed(`The mode '${String(mode)}'`);
  const { scope = "inner" } = asObject(properties.expressionEvaluationOptions) ?? {};
  if (!/^inner$/i.test(String(scope)))
    throw notServed(`A nested template whose expressions have scope '${String(scope)}'`);
}

function checkResource(
  world: World,
  { caller }: ArmCall,
  { id, type, name, apiVersion, state, definition }: PlannedResource,
): void {
  if (state !== "waiting") return;
  const [namespace = "", ...types] = type.split("/");
  const versions = apiVersions(namespace, types.join("/"));
  if (!versions.some((known) => sameName(known, apiVersion))) {
    const sentence = `No registered resource provider found for location '${asText(definition.location)}' and API version '${apiVersion}' for type '${types.join("/")}'. The supported api-versions are '${versions.join(", ")}'.`;
    throw new AzureError(400, "NoRegisteredProviderFound", sentence);
  }
  if (/\/deployments$/i.test(type) && sameName(namespace, "Microsoft.Resources")) {
    const { scope = "outer" } = asObject(asObject(definition.properties)?.expressionEvaluationOptions) ?? {};
    if (!/^inner$/i.test(String(scope)))
      throw notServed(`A nested template whose expressions have scope '${String(scope)}' (${name}); it`);
  }
  if (mayDo(world, caller.oid, { action: `${type}/write` }, id)) return;
  const sentence =
    `Authorization failed for template resource '${name.split("/").at(-1)}' of type '${type}'. The client '${caller.appid}' with object id '${caller.oid}' ` +
    `does not have permission to perform action '${type}/write' at scope '${id}'.`;
  throw new AzureError(403, "InvalidTemplateDeployment", `Deployment failed with multiple errors: '${sentence}'`);
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
