import { AzureError } from "../http/azure-error";
import { asObject, bodyObject } from "../http/request";
import { isAtOrBelow } from "../rbac/permissions";
import type { LockRecord } from "../world/state";
import type { World } from "../world/world";
import { invalidRequestContent } from "./errors";
import { readFilter } from "./filter";
import { locks } from "./lock-check";
import { sameName } from "./resources";
import type { ArmCall, Route } from "./route";
import { atEveryScope, namedScope, scopeOf } from "./scopes";

const TYPE = "Microsoft.Authorization/locks";
const LEVELS = ["CanNotDelete", "ReadOnly"] as const;

/** Locks of a subscription, a group or an account: PUT, GET, list and DELETE. */
export function registerLocks(route: Route, world: World): void {
  atEveryScope(route, "GET", "/locks", `${TYPE}/read`, (call) => {
    const scope = scopeOf(world, call);
    const filter = readFilter(call.request.query.$filter, ({ test, property }) => test === "atscope" && !property);
    const found = locks(world).filter(
      (lock) => isAtOrBelow(scope, lock.scope) || (!filter && isAtOrBelow(lock.scope, scope)),
    );
    return { value: found.map(view) };
  });
  atEveryScope(route, "GET", "/locks/:lock", `${TYPE}/read`, (call) => {
    const lock = find(world, call);
    if (lock) return view(lock);
    throw new AzureError(404, "LockNotFound", `The lock '${call.param("lock")}' could not be found.`);
  });
  atEveryScope(route, "PUT", "/locks/:lock", `${TYPE}/write`, (call) => putLock(world, call));
  atEveryScope(route, "DELETE", "/locks/:lock", `${TYPE}/delete`, (call) => {
    const lock = find(world, call);
    if (!lock) return call.reply.code(204).send();
    world.state.locks = locks(world).filter((other) => other !== lock);
    world.save();
    return call.reply.code(200).send();
  });
}

function putLock(world: World, call: ArmCall) {
  const scope = scopeOf(world, call);
  const { level: sent, notes, owners } = asObject(bodyObject(call.request).properties) ?? {};
  const level = LEVELS.find((known) => typeof sent === "string" && sameName(known, sent));
  if (!level)
    throw invalidRequestContent(`properties.level must be one of ${LEVELS.join(", ")}, not ${JSON.stringify(sent)}.`);
  const existing = find(world, call);
  const lock: LockRecord = {
    id: existing?.id ?? `${scope}/providers/${TYPE}/${call.param("lock")}`,
    name: existing?.name ?? call.param("lock"),
    scope,
    level,
    ...(typeof notes === "string" && { notes }),
    ...(Array.isArray(owners) && { owners: owners as unknown[] }),
  };
  world.state.locks = [...locks(world).filter((other) => other !== existing), lock];
  world.save();
  void call.reply.code(existing ? 200 : 201);
  return view(lock);
}

function find(world: Pick<World, "state">, call: ArmCall): LockRecord | undefined {
  const id = `${namedScope(world, call)}/providers/${TYPE}/${call.param("lock")}`;
  return locks(world).find((lock) => sameName(lock.id, id));
}

function view({ id, name, level, notes, owners }: LockRecord) {
  return {
    id,
    name,
    type: TYPE,
    properties: { level, ...(notes !== undefined && { notes }), ...(owners && { owners }) },
  };
}
