import { asObject } from "../../../http/request";
import type { PlannedResource, TemplateDeploymentRecord } from "../../../world/state";
import type { World } from "../../../world/world";
import { accountView } from "../../account-view";
import { Scope } from "../expressions/scope";
import { plan, type Asked } from "../plan";
import { bodyOf } from "../run/body";
import { keptIds, othersIn } from "../run/leftovers";
import { NotYet } from "../run/runtime";
import type { Send } from "../run/send";
import { isNested } from "../template/nested";
import { readTemplate, type Members } from "../template/read";
import { scopeFor } from "../template/surroundings";
import { delta, type PropertyChange } from "./delta";
import { evaluateKnown } from "./known";
import { lastWrite } from "./last-write";

/** What a deployment would do to one resource, as `WhatIfChange` is published. */
export interface Change {
  resourceId: string;
  changeType: "Create" | "Delete" | "Ignore" | "Modify" | "NoChange" | "Unsupported";
  before?: unknown;
  after?: unknown;
  delta?: PropertyChange[];
  unsupportedReason?: string;
}

/** Everything that the deployment would do, nested ones included, and what else its resource group has. Nothing is written. */
export async function changesOf(world: World, asked: Asked, send: Send): Promise<Change[]> {
  const planned = plan(world, asked);
  const all = expanded(world, asked, planned);
  const changes: Change[] = [];
  for (const each of all) changes.push("changeType" in each ? each : await changeOf(world, asked, each, send));
  const kept = all.map((each) => ("changeType" in each ? each.resourceId : each.id));
  const changeType = planned.complete ? "Delete" : "Ignore";
  const others =
    planned.resourceGroup === undefined
      ? []
      : othersIn(world, planned.resourceGroup, [...kept, ...keptIds(world, planned)]);
  for (const account of others) {
    const { id, name, type, kind, location, sku, tags } = accountView(world, account);
    const before = { apiVersion: "2025-06-01", id, name, type, kind, location, sku, ...(tags && { tags }) };
    changes.push({ resourceId: id, changeType, before, ...(changeType === "Ignore" && { after: before }) });
  }
  return changes.sort((one, other) => one.resourceId.localeCompare(other.resourceId));
}

/** A resource with what it would be written with. */
interface Written {
  id: string;
  apiVersion: string;
  after: Members;
}

/** The resources that are written, those of nested templates in place of the nested deployments. */
function expanded(world: World, asked: Asked, planned: TemplateDeploymentRecord): (Written | Change)[] {
  const template = readTemplate(planned.template);
  const { surroundings } = scopeFor(world, { ...planned, unknown: asked.unknown }, template);
  return planned.resources
    .filter(({ state }) => state === "waiting")
    .flatMap((resource) => {
      const body = bodyOf(resource, template, new Scope(surroundings, resource.loops), evaluateKnown);
      if (isNested(resource.type)) return nested(world, asked, resource, body);
      const { id, type, name, apiVersion } = resource;
      return [{ id, apiVersion, after: { apiVersion, id, name: name.split("/").at(-1), type, ...body } }];
    });
}

function nested(world: World, { caller }: Asked, resource: PlannedResource, body: Members): (Written | Change)[] {
  const properties = asObject(body.properties) ?? {};
  const given = Object.entries(asObject(properties.parameters) ?? {});
  const isKnown = ([, parameter]: [string, unknown]) => !isExpression(asObject(parameter)?.value);
  const [, group] = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\//i.exec(resource.id) ?? [];
  const asked: Asked = {
    caller,
    ...(group !== undefined && { group }),
    name: resource.name,
    ...(typeof body.location === "string" && { location: body.location }),
    properties: { ...properties, parameters: Object.fromEntries(given.filter(isKnown)) },
    unknown: given.filter((one) => !isKnown(one)).map(([name]) => name),
  };
  try {
    return expanded(world, asked, plan(world, asked));
  } catch (error) {
    if (error instanceof NotYet) return [unsupported(resource.id)];
    throw error;
  }
}

/** What could not be evaluated yet. */
function isExpression(value: unknown): boolean {
  return typeof value === "string" && value.startsWith("[") && value.endsWith("]");
}

async function changeOf(world: World, asked: Asked, { id, apiVersion, after }: Written, send: Send): Promise<Change> {
  const answer = await send(asked.caller.appid, "GET", `${id}?api-version=${apiVersion}`);
  const before = answer.status < 300 ? asObject(answer.body) : undefined;
  if (!before) return { resourceId: id, changeType: "Create", after };
  const { apiVersion: _version, id: _id, name: _name, type: _type, ...written } = after;
  const changes = delta(before, written, lastWrite(world, id));
  const shown = { apiVersion, ...before };
  const both = { resourceId: id, before: shown, after: changes.length === 0 ? shown : after };
  return changes.length === 0 ? { ...both, changeType: "NoChange" } : { ...both, changeType: "Modify", delta: changes };
}

/** Azure says so of each resource, with its place in the template (recorded); here it is the nested deployment as a whole. */
function unsupported(resourceId: string): Change {
  const unsupportedReason =
    `Changes to the resources of '${resourceId}' cannot be analyzed because a resource ID or API version cannot be calculated until the ` +
    "deployment is under way. Please see https://aka.ms/WhatIfUnidentifiableResource for more guidance.";
  return { resourceId, changeType: "Unsupported", unsupportedReason };
}
