import { AzureError } from "../http/azure-error";
import { isAtOrBelow } from "../rbac/permissions";
import { bodyObject, type Request } from "../http/request";
import type { ResourceGroupRecord } from "../world/state";
import type { World } from "../world/world";
import { accountView } from "./account-view";
import { softDelete } from "./deleted-accounts";
import { isByTag, isOfResource, listed } from "./list-query";
import { SOON } from "./operations";
import { findRegion } from "./regions";
import { ACCOUNT_TYPE, findGroup, groupId, isoTime, normalRegion, requireGroup, sameName } from "./resources";
import type { ArmCall, Route } from "./route";
import { readTags } from "./tags";

const GROUP = "Microsoft.Resources/subscriptions/resourceGroups";
const NAME_RULE = /^[-\w._()]{0,89}[-\w_()]$/;

/** Resource groups: existence, GET, list, PUT, PATCH and DELETE (with everything in it). */
export function registerResourceGroups(route: Route, world: World): void {
  const base = "/subscriptions/:subscriptionId/resourceGroups";
  route("GET", base, `${GROUP}/read`, ({ request }) => {
    const found = listed(request, world.state.resourceGroups, isByTag, ({ tags }) => ({ fields: {}, tags }));
    return { value: found.map((group) => groupView(world, group)) };
  });
  route("GET", `${base}/:group`, `${GROUP}/read`, ({ param }) => groupView(world, requireGroup(world, param("group"))));
  route("HEAD", `${base}/:group`, `${GROUP}/read`, ({ param, reply }) =>
    reply.code(findGroup(world, param("group")) ? 204 : 404).send(),
  );
  route("PUT", `${base}/:group`, `${GROUP}/write`, (call) => putGroup(world, call));
  route("PATCH", `${base}/:group`, `${GROUP}/write`, ({ request, param }) => {
    const group = requireGroup(world, param("group"));
    group.tags = readTags(bodyObject(request).tags) ?? group.tags;
    world.save();
    return groupView(world, group);
  });
  route("DELETE", `${base}/:group`, `${GROUP}/delete`, (call) => deleteGroup(world, call));
  route("GET", `${base}/:group/resources`, `${GROUP}/resources/read`, ({ request, param }) => ({
    value: resourcesIn(world, request, requireGroup(world, param("group")).name),
  }));
  route(
    "GET",
    "/subscriptions/:subscriptionId/resources",
    "Microsoft.Resources/subscriptions/resources/read",
    ({ request }) => ({ value: resourcesIn(world, request) }),
  );
  // Where a DELETE sends its caller; the work was done at once.
  route("GET", "/subscriptions/:subscriptionId/operationresults/:token", "", ({ reply }) => reply.code(200).send());
}

/** Of one group, or of the whole subscription. */
function resourcesIn(world: Pick<World, "clock" | "origin" | "state">, request: Request, group?: string) {
  const inside = world.state.accounts.filter(
    ({ resourceGroup }) => group === undefined || sameName(resourceGroup, group),
  );
  return listed(request, inside, isOfResource, ({ name, location, resourceGroup, tags }) => ({
    fields: { name, location, resourcetype: ACCOUNT_TYPE, resourcegroup: resourceGroup },
    tags,
  })).map((account) => {
    const { id, name, type, kind, location, sku, tags } = accountView(world, account);
    return { id, name, type, kind, location, sku, tags };
  });
}

function putGroup(world: World, { request, reply, param }: ArmCall) {
  const name = param("group");
  const { location, tags } = bodyObject(request);
  if (!NAME_RULE.test(name)) {
    const sentence =
      `The provided resource group name '${name}' has these invalid characters or length: it takes 1 to 90 letters, ` +
      "digits, '_', '-', '.', '(' and ')', and does not end with '.'.";
    throw new AzureError(400, "InvalidResourceGroup", sentence);
  }
  if (typeof location !== "string" || location === "")
    throw new AzureError(400, "LocationRequired", "The location property is required for this definition.");
  const region = findRegion(location);
  if (!region) {
    const sentence = `The provided location '${location}' is not available for resource group.`;
    throw new AzureError(400, "LocationNotAvailableForResourceGroup", sentence);
  }
  const existing = findGroup(world, name);
  if (existing && normalRegion(existing.location) !== region.name) {
    const sentence =
      `Invalid resource group location '${region.name}'. The Resource group already exists in location ` +
      `'${existing.location}'.`;
    throw new AzureError(409, "InvalidResourceGroupLocation", sentence);
  }
  const group: ResourceGroupRecord = existing ?? { name, location: region.name };
  group.tags = readTags(tags);
  if (!existing) world.state.resourceGroups.push(group);
  world.save();
  void reply.code(existing ? 200 : 201);
  return groupView(world, group);
}

function deleteGroup(world: World, { request, reply, param }: ArmCall) {
  const group = requireGroup(world, param("group"));
  const inside = world.state.accounts.filter(({ resourceGroup }) => sameName(resourceGroup, group.name));
  for (const account of inside) {
    account.deployments = [];
    account.projects = [];
    softDelete(world, account);
  }
  world.state.resourceGroups = world.state.resourceGroups.filter((other) => other !== group);
  const id = groupId(world, group.name);
  world.state.roleAssignments = world.state.roleAssignments.filter(({ scope }) => !isAtOrBelow(scope, id));
  world.state.locks = world.state.locks?.filter((lock) => !isAtOrBelow(lock.scope, id));
  world.state.templateDeployments = world.state.templateDeployments?.filter((one) => !isAtOrBelow(one.id, id));
  world.save();
  const version = request.query["api-version"] ?? "";
  const token = Buffer.from(`GROUPDELETE-${group.name}-${isoTime(world.clock.now())}`).toString("base64url");
  const location = `${world.origin}/subscriptions/${world.state.subscriptionId}/operationresults/${token}?api-version=${version}`;
  return reply
    .code(202)
    .headers({ location, ...SOON })
    .send();
}

function groupView(world: Pick<World, "state">, group: ResourceGroupRecord) {
  return {
    id: groupId(world, group.name),
    name: group.name,
    type: "Microsoft.Resources/resourceGroups",
    location: group.location,
    ...(group.tags && { tags: group.tags }),
    properties: { provisioningState: "Succeeded" },
  };
}
