import { asObject, bodyObject } from "../http/request";
import type { World } from "../world/world";
import { invalidRequestContent } from "./errors";
import { requireAccount, requireGroup, sameName } from "./resources";
import type { ArmCall, Route } from "./route";
import { SCOPES, scopeOf } from "./scopes";
import { readTags } from "./tags";

const TYPE = "Microsoft.Resources/tags";
type Tags = Record<string, string>;

/** `{scope}/providers/Microsoft.Resources/tags/default`: the tags of a subscription, a group or an account by themselves. */
export function registerTagsAtScope(route: Route, world: World): void {
  for (const scope of SCOPES) {
    const path = `${scope}/providers/${TYPE}/default`;
    route("GET", path, `${TYPE}/read`, (call) => view(world, call));
    route("PUT", path, `${TYPE}/write`, (call) => {
      tagged(world, call).tags = sentTags(call);
      return saved(world, call);
    });
    route("PATCH", path, `${TYPE}/write`, (call) => {
      const record = tagged(world, call);
      const { operation } = bodyObject(call.request);
      record.tags = changed(record.tags ?? {}, operation, sentTags(call));
      return saved(world, call);
    });
    route("DELETE", path, `${TYPE}/delete`, (call) => {
      tagged(world, call).tags = undefined;
      saved(world, call);
      return call.reply.code(200).send();
    });
  }
}

/** What has the tags. */
function tagged(world: Pick<World, "state">, { request }: ArmCall): { tags?: Tags; updatedAt?: number } {
  const { group, account } = request.params;
  if (group === undefined) return world.state;
  return account === undefined ? requireGroup(world, group) : requireAccount(world, group, account);
}

function sentTags({ request }: ArmCall): Tags {
  const tags = readTags(asObject(bodyObject(request).properties)?.tags);
  if (!tags) throw invalidRequestContent("properties.tags is required.");
  return tags;
}

/** Names are the same in any case; `Delete` takes a tag away by its name, with a value only if it has that value. */
function changed(tags: Tags, operation: unknown, sent: Tags): Tags {
  const named = (list: Tags, name: string) => Object.keys(list).find((other) => sameName(other, name));
  switch (typeof operation === "string" ? operation.toLowerCase() : undefined) {
    case "replace":
      return sent;
    case "merge":
      return {
        ...Object.fromEntries(Object.entries(tags).filter(([name]) => named(sent, name) === undefined)),
        ...sent,
      };
    case "delete":
      return Object.fromEntries(
        Object.entries(tags).filter(([name, value]) => {
          const other = named(sent, name);
          return other === undefined || !["", value].includes(sent[other]!);
        }),
      );
    default:
      throw invalidRequestContent("operation must be one of Replace, Merge, Delete.");
  }
}

function saved(world: World, call: ArmCall) {
  const record = tagged(world, call);
  if (record.updatedAt !== undefined) record.updatedAt = world.clock.now();
  world.save();
  return view(world, call);
}

function view(world: Pick<World, "state">, call: ArmCall) {
  const id = `${scopeOf(world, call)}/providers/${TYPE}/default`;
  return { id, name: "default", type: TYPE, properties: { tags: tagged(world, call).tags ?? {} } };
}
