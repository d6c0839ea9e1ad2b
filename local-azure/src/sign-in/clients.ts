import { randomUUID } from "node:crypto";
import { assignmentId, roleDefinitionId } from "../rbac/role-ids";
import { newSecret } from "../storage/new-state";
import type { ClientRecord, FederatedTrust } from "../world/state";
import type { World } from "../world/world";

export interface NewClient {
  displayName: string;
  /** GUIDs of the roles it has on the subscription from now on, without lag. Default none. */
  roles?: string[];
  /** Certificates (PEM) that may sign its client assertions. */
  certificates?: string[];
  federated?: FederatedTrust[];
  /** Milliseconds since 1970. */
  secretExpiresAt?: number;
}

/** Registers another application; the caller saves the world. */
export function addClient(world: World, { roles = [], ...given }: NewClient): ClientRecord {
  const client: ClientRecord = {
    clientId: randomUUID(),
    clientSecret: newSecret(),
    objectId: randomUUID(),
    ...given,
  };
  const { subscriptionId } = world.state;
  const scope = `/subscriptions/${subscriptionId}`;
  world.state.clients.push(client);
  for (const role of roles) {
    const name = randomUUID();
    world.state.roleAssignments.push({
      id: assignmentId(scope, name),
      name,
      scope,
      roleDefinitionId: roleDefinitionId(subscriptionId, role),
      principalId: client.objectId,
      principalType: "ServicePrincipal",
      createdAt: 0,
    });
  }
  return client;
}
