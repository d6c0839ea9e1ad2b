import { authenticate } from "../arm/access";
import type { App } from "../http/app";
import { AzureError } from "../http/azure-error";
import { bodyObject } from "../http/request";
import { graphAudience } from "../sign-in/audiences";
import type { ClientRecord } from "../world/state";
import type { World } from "../world/world";

/** The one filter by which az resolves `--assignee`. */
const BY_NAME = /^servicePrincipalNames\/any\((\w+):\s*\1 eq '((?:[^']|'')*)'\)$/i;
const BY_APPLICATION = /^appId eq '([^']*)'$/i;

/**
 * The small part of Microsoft Graph that turns an application's id into the object id of a role assignment: `GET /graph/v1.0/servicePrincipals`
 * and `POST /graph/v1.0/directoryObjects/getByIds`. Anybody who is signed in may ask. There are no users and groups: their list is empty.
 */
export function registerDirectory(app: App, world: World): void {
  app.get("/graph/v1.0/servicePrincipals", (request) => {
    authenticate(world, request.headers.authorization, [graphAudience(world)]);
    const found = filtered(world.state.clients, request.query.$filter);
    return { "@odata.context": context(world, "servicePrincipals"), value: found.map(view) };
  });
  for (const kind of ["users", "groups"]) {
    app.get(`/graph/v1.0/${kind}`, ({ headers }) => {
      authenticate(world, headers.authorization, [graphAudience(world)]);
      return { "@odata.context": context(world, kind), value: [] };
    });
  }
  app.post("/graph/v1.0/directoryObjects/getByIds", (request) => {
    authenticate(world, request.headers.authorization, [graphAudience(world)]);
    const { ids } = bodyObject(request);
    if (!Array.isArray(ids)) throw badRequest("The request body must have ids, a list of object ids.");
    const wanted = ids.map((id) => String(id).toLowerCase());
    const found = world.state.clients.filter(({ objectId }) => wanted.includes(objectId.toLowerCase()));
    const type = { "@odata.type": "#microsoft.graph.servicePrincipal" };
    return {
      "@odata.context": context(world, "directoryObjects"),
      value: found.map((client) => ({ ...type, ...view(client) })),
    };
  });
}

function filtered(clients: ClientRecord[], filter: string | undefined): ClientRecord[] {
  if (filter === undefined) return clients;
  const id = BY_NAME.exec(filter)?.[2] ?? BY_APPLICATION.exec(filter)?.[1];
  if (id === undefined) throw badRequest(`Invalid filter clause: '${filter}'.`);
  return clients.filter(({ clientId }) => clientId.toLowerCase() === id.toLowerCase());
}

function view({ objectId, clientId, displayName }: ClientRecord) {
  return {
    id: objectId,
    appId: clientId,
    displayName,
    appDisplayName: displayName,
    accountEnabled: true,
    servicePrincipalNames: [clientId],
    servicePrincipalType: "Application",
  };
}

function context({ origin }: Pick<World, "origin">, kind: string): string {
  return `${origin}/graph/v1.0/$metadata#${kind}`;
}

/** Code as documented for Microsoft Graph; text: guess. */
function badRequest(sentence: string): AzureError {
  return new AzureError(400, "Request_BadRequest", sentence);
}
