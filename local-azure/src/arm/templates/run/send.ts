import { randomUUID } from "node:crypto";
import type { App } from "../../../http/app";
import { managementAudiences } from "../../../sign-in/audiences";
import { issueAccessToken } from "../../../sign-in/tokens";
import type { World } from "../../../world/world";

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: unknown;
}

/** Asks this service itself, in the name of an application. @param path - with its api-version */
export type Send = (
  by: string,
  method: "GET" | "PUT" | "POST" | "DELETE",
  path: string,
  body?: unknown,
) => Promise<Answer>;

/** Marks requests that a deployment of a template makes. */
const HEADER = "x-local-azure-template";

/**
 * Requests of deployments go through the routes that everybody uses: with the same checks of body, role and quota, the same faults, and their
 * line in the list of requests. Resource Manager, too, passes a template's resources on to their providers in the caller's name.
 */
export function internalRequests(app: App, world: World) {
  const mark = randomUUID();
  const send: Send = async (by, method, path, body) => {
    const client = world.state.clients.find(({ clientId }) => clientId === by);
    const token = client ? issueAccessToken(world, client, managementAudiences(world)[0]!) : "";
    const answer = await app.inject({
      method,
      url: path,
      headers: { authorization: `Bearer ${token}`, [HEADER]: mark },
      ...(body !== undefined && { payload: body as object }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: jsonOf(answer.body) };
  };
  const isInternal = (headers: Record<string, unknown>) => headers[HEADER] === mark;
  return { send, isInternal };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
