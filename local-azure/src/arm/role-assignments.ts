import { AzureError } from "../http/azure-error";
import { isAtOrBelow } from "../rbac/permissions";
import { findRole } from "../rbac/role-definitions";
import { assignmentId, roleDefinitionId, roleGuid } from "../rbac/role-ids";
import { asObject, bodyObject } from "../http/request";
import type { RoleAssignmentRecord } from "../world/state";
import type { World } from "../world/world";
import { invalidRequestContent } from "./errors";
import { onlyAnd, readFilter, type Condition } from "./filter";
import { isoTime, sameName } from "./resources";
import type { ArmCall, Route } from "./route";
import { atEveryScope, namedScope, noSuchRole, scopeOf } from "./scopes";

const TYPE = "Microsoft.Authorization/roleAssignments";
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PRINCIPAL_TYPES = ["User", "Group", "ServicePrincipal", "ForeignGroup", "Device"];

/** Role assignments: PUT, GET, DELETE and list with its filters. */
export function registerRoleAssignments(route: Route, world: World): void {
  atEveryScope(route, "GET", "/roleAssignments", `${TYPE}/read`, (call) => listAssignments(world, call));
  atEveryScope(route, "GET", "/roleAssignments/:name", `${TYPE}/read`, (call) => {
    const assignment = find(world, call);
    if (!assignment)
      throw new AzureError(404, "RoleAssignmentNotFound", `The role assignment '${call.param("name")}' is not found.`);
    return view(assignment);
  });
  atEveryScope(route, "PUT", "/roleAssignments/:name", `${TYPE}/write`, (call) => putAssignment(world, call));
  atEveryScope(route, "DELETE", "/roleAssignments/:name", `${TYPE}/delete`, (call) => {
    const assignment = find(world, call);
    if (!assignment) return call.reply.code(204).send();
    world.state.roleAssignments = world.state.roleAssignments.filter((other) => other !== assignment);
    world.state.removedRoleAssignments.push({ ...assignment, removedAt: world.clock.now() });
    world.save();
    return view(assignment);
  });
}

function putAssignment(world: World, call: ArmCall) {
  const scope = scopeOf(world, call);
  const name = call.param("name");
  if (!GUID.test(name)) {
    const sentence = `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`;
    throw new AzureError(400, "InvalidRoleAssignmentId", sentence);
  }
  const wanted = readAssignment(world, call);
  const existing = world.state.roleAssignments.find((other) => sameName(other.name, name));
  if (existing) {
    const same =
      sameName(existing.scope, scope) &&
      sameName(existing.principalId, wanted.principalId) &&
      roleGuid(existing.roleDefinitionId) === roleGuid(wanted.roleDefinitionId);
    if (!same) {
      const sentence = "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.";
      throw new AzureError(400, "RoleAssignmentUpdateNotPermitted", sentence);
    }
    existing.description = wanted.description;
    world.save();
    return view(existing);
  }
  const twin = world.state.roleAssignments.find(
    (other) =>
      sameName(other.scope, scope) &&
      sameName(other.principalId, wanted.principalId) &&
      roleGuid(other.roleDefinitionId) === roleGuid(wanted.roleDefinitionId),
  );
  if (twin) {
    const id = twin.name.replaceAll("-", "");
    const sentence = `The role assignment already exists. The ID of the existing role assignment is ${id}.`;
    throw new AzureError(409, "RoleAssignmentExists", sentence);
  }
  const assignment: RoleAssignmentRecord = {
    id: assignmentId(scope, name),
    name,
    scope,
    ...wanted,
    createdAt: world.clock.now(),
    createdBy: call.caller.oid,
  };
  world.state.roleAssignments.push(assignment);
  world.save();
  void call.reply.code(201);
  return view(assignment);
}

function readAssignment(world: Pick<World, "state">, { request }: ArmCall) {
  const properties = asObject(bodyObject(request).properties) ?? {};
  const { principalId, principalType, description } = properties;
  const role = properties.roleDefinitionId;
  if (typeof role !== "string" || typeof principalId !== "string" || principalId === "")
    throw invalidRequestContent("properties.roleDefinitionId and properties.principalId are required.");
  if (!findRole(roleGuid(role))) throw noSuchRole(roleGuid(role), 400);
  return {
    roleDefinitionId: roleDefinitionId(world.state.subscriptionId, roleGuid(role)),
    principalId,
    principalType: readPrincipalType(world, principalId, principalType),
    ...(typeof description === "string" && { description }),
  };
}

/**
 * A principal of this directory has its own type. Any other is taken for one that has not spread yet, as Azure does,
 * when its type is named.
 */
function readPrincipalType(world: Pick<World, "state">, principalId: string, given: unknown): string {
  const known = world.state.clients.some(({ objectId }) => sameName(objectId, principalId));
  const type = PRINCIPAL_TYPES.find((one) => typeof given === "string" && sameName(one, given));
  if (given !== undefined && given !== null && !type)
    throw invalidRequestContent(`principalType ${JSON.stringify(given)} is not one of ${PRINCIPAL_TYPES.join(", ")}.`);
  if (known && type && type !== "ServicePrincipal") {
    const sentence = `The PrincipalId '${principalId}' has type 'ServicePrincipal' , which is different from specified PrincipalType '${type}'.`;
    throw new AzureError(400, "UnmatchedPrincipalType", sentence);
  }
  if (!known && !type) {
    const sentence =
      `Principal ${principalId.replaceAll("-", "")} does not exist in the directory ${world.state.tenantId}. ` +
      "Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, " +
      "this error might be related to a replication delay. In this case, set the role assignment principalType property to a " +
      "value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype";
    throw new AzureError(400, "PrincipalNotFound", sentence);
  }
  return type ?? "ServicePrincipal";
}

/** Without a filter: at, above and below the scope. */
function listAssignments(world: Pick<World, "state">, call: ArmCall) {
  const scope = scopeOf(world, call);
  const conditions = onlyAnd(readFilter(call.request.query.$filter, isOfAssignment));
  const principal = conditions.find(({ test }) => test !== "atscope")?.value;
  const notBelow = conditions.some(({ test }) => test === "atscope");
  const value = world.state.roleAssignments
    .filter((one) => isAtOrBelow(scope, one.scope) || (!notBelow && isAtOrBelow(one.scope, scope)))
    .filter((one) => principal === undefined || sameName(one.principalId, principal));
  return { value: value.map(view) };
}

/** Documented: `atScope()`, `principalId eq '...'`, `assignedTo('...')`. */
function isOfAssignment({ test, property, value }: Condition): boolean {
  if (test === "atscope") return property === undefined && value === undefined;
  return value !== undefined && (test === "eq" ? property === "principalid" : test === "assignedto");
}

function find(world: Pick<World, "state">, call: ArmCall): RoleAssignmentRecord | undefined {
  const id = assignmentId(namedScope(world, call), call.param("name"));
  return world.state.roleAssignments.find((assignment) => sameName(assignment.id, id));
}

function view(assignment: RoleAssignmentRecord) {
  const {
    id,
    name,
    scope,
    roleDefinitionId: role,
    principalId,
    principalType,
    createdAt,
    createdBy,
    description,
  } = assignment;
  const time = isoTime(createdAt);
  return {
    id,
    name,
    type: TYPE,
    properties: {
      scope,
      roleDefinitionId: role,
      principalId,
      principalType,
      ...(description !== undefined && { description }),
      createdOn: time,
      updatedOn: time,
      ...(createdBy && { createdBy, updatedBy: createdBy }),
    },
  };
}
