import { asObject, bodyObject } from "../http/request";
import type { AccountRecord, ConnectionRecord } from "../world/state";
import type { World } from "../world/world";
import { invalidRequestContent, notFound } from "./errors";
import { requireProject } from "./projects";
import { ACCOUNT_TYPE, requireAccount, sameName, systemData } from "./resources";
import type { ArmCall, Route } from "./route";

const ACCOUNT = `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account`;
/** As published in 2025-06-01. */
const AUTH_TYPES = [
  "AAD",
  "AccessKey",
  "AccountKey",
  "ApiKey",
  "CustomKeys",
  "ManagedIdentity",
  "None",
  "OAuth2",
  "PAT",
  "SAS",
  "ServicePrincipal",
  "UsernamePassword",
];

/** Connections of an account or a project: kept and shown, never used. Credentials are written, and shown by no GET (documented). */
export function registerConnections(route: Route, world: World): void {
  for (const [below, type] of [
    ["connections", `${ACCOUNT_TYPE}/connections`],
    ["projects/:project/connections", `${ACCOUNT_TYPE}/projects/connections`],
  ] as const) {
    const base = `${ACCOUNT}/${below}`;
    route("GET", base, `${type}/read`, (call) => {
      const { id, record } = owner(world, call);
      return { value: (record.connections ?? []).map((connection) => view(id, type, connection)) };
    });
    route("GET", `${base}/:connection`, `${type}/read`, (call) => {
      const { id, record, path, group } = owner(world, call);
      const found = find(record, call);
      if (found) return view(id, type, found);
      throw notFound.resource(ACCOUNT_TYPE, `${path}/connections/${call.param("connection")}`, group);
    });
    for (const method of ["PUT", "PATCH"] as const)
      route(method, `${base}/:connection`, `${type}/write`, (call) => write(world, call, type, method === "PATCH"));
    route("DELETE", `${base}/:connection`, `${type}/delete`, (call) => {
      const { record } = owner(world, call);
      const found = find(record, call);
      if (!found) return call.reply.code(204).send();
      record.connections = record.connections?.filter((other) => other !== found);
      world.save();
      return call.reply.code(200).send();
    });
  }
}

interface Owner {
  connections?: ConnectionRecord[];
}

/** The account, or the project of it that the path names. */
function owner(world: World, { request, param }: ArmCall): { id: string; path: string; group: string; record: Owner } {
  const account: AccountRecord = requireAccount(world, param("group"), param("account"));
  const group = account.resourceGroup;
  if (request.params.project === undefined) return { id: account.id, path: account.name, group, record: account };
  const project = requireProject(account, param("project"));
  return {
    id: `${account.id}/projects/${project.name}`,
    path: `${account.name}/projects/${project.name}`,
    group,
    record: project,
  };
}

function write(world: World, call: ArmCall, type: string, patch: boolean) {
  const { id, record, path, group } = owner(world, call);
  const existing = find(record, call);
  if (patch && !existing)
    throw notFound.resource(ACCOUNT_TYPE, `${path}/connections/${call.param("connection")}`, group);
  const sent = asObject(bodyObject(call.request).properties) ?? {};
  const properties = patch ? { ...existing?.properties, ...sent } : sent;
  const { authType, category, target } = properties;
  const known = AUTH_TYPES.find((name) => typeof authType === "string" && sameName(name, authType));
  if (known === undefined) {
    throw invalidRequestContent(
      `properties.authType must be one of ${AUTH_TYPES.join(", ")}, not ${JSON.stringify(authType)}.`,
    );
  }
  for (const [name, value] of Object.entries({ target, category })) {
    if (value !== undefined && typeof value !== "string")
      throw invalidRequestContent(`properties.${name} must be a string.`);
  }
  const [now, by] = [world.clock.now(), call.caller.appid];
  const connection: ConnectionRecord = {
    name: existing?.name ?? call.param("connection"),
    properties: { ...properties, authType: known },
    createdAt: existing?.createdAt ?? now,
    createdBy: existing?.createdBy ?? by,
    updatedAt: now,
    updatedBy: by,
  };
  record.connections = [...(record.connections ?? []).filter((other) => other !== existing), connection];
  world.save();
  return view(id, type, connection);
}

function find(record: Owner, { param }: ArmCall): ConnectionRecord | undefined {
  return record.connections?.find(({ name }) => sameName(name, param("connection")));
}

function view(id: string, type: string, connection: ConnectionRecord) {
  const { name, properties } = connection;
  const { credentials: _secret, ...shown } = properties;
  return {
    id: `${id}/connections/${name}`,
    name,
    type,
    systemData: systemData(connection),
    properties: { isSharedToAll: false, ...shown },
  };
}
