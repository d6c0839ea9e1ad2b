import { randomUUID } from "node:crypto";
import { AzureError } from "../http/azure-error";
import type { OperationRecord } from "../world/state";
import type { World } from "../world/world";
import type { ArmCall, Route } from "./route";
import { isoTime } from "./resources";

/**
 * Asks clients to come back soon. Those written in Go read the milliseconds first; Python's and JavaScript's know
 * seconds.
 */
export const SOON = { "retry-after-ms": "100", "x-ms-retry-after-ms": "100", "retry-after": "1" } as const;

/** Starts an operation that ends by the clock, well or with `error`, and gives the headers by which clients follow it. */
export function startOperation(
  world: Pick<World, "clock" | "origin" | "state">,
  call: ArmCall,
  location: string,
  seconds: number,
  error?: OperationRecord["error"],
): Record<string, string> {
  const now = world.clock.now();
  const times = { startedAt: now, endsAt: now + seconds * 1000 };
  const operation: OperationRecord = { id: randomUUID(), location, ...times, error };
  world.state.operations.push(operation);
  const version = call.request.query["api-version"] ?? "";
  const url =
    `${world.origin}/subscriptions/${world.state.subscriptionId}/providers/Microsoft.CognitiveServices` +
    `/locations/${location}/operationResults/${operation.id}?api-version=${version}`;
  return { "azure-asyncoperation": url, ...SOON };
}

/** `GET .../operationResults/{id}`: 202 and `InProgress` until its time has come. */
export function registerOperations(route: Route, world: World): void {
  const path =
    "/subscriptions/:subscriptionId/providers/Microsoft.CognitiveServices/locations/:location/operationResults/:id";
  // Azure lets anyone with the operation's address read it, without a role (guess).
  route("GET", path, "", ({ reply, param }) => {
    const operation = world.state.operations.find(({ id }) => id === param("id"));
    if (!operation) throw new AzureError(404, "NotFound", `The operation '${param("id")}' was not found.`);
    const times = { id: operationPath(world, operation), name: operation.id, startTime: isoTime(operation.startedAt) };
    if (world.clock.now() < operation.endsAt) {
      void reply.code(202).headers(SOON);
      return { ...times, status: "InProgress" };
    }
    const ended = { ...times, endTime: isoTime(operation.endsAt) };
    return operation.error ? { ...ended, status: "Failed", error: operation.error } : { ...ended, status: "Succeeded" };
  });
}

function operationPath(world: Pick<World, "state">, { id, location }: OperationRecord): string {
  return `/subscriptions/${world.state.subscriptionId}/providers/Microsoft.CognitiveServices/locations/${location}/operationResults/${id}`;
}
