import { sameName } from "../arm/resources";
import type { App } from "../http/app";
import { AzureError } from "../http/azure-error";
import { param, type Request } from "../http/request";
import type { AccountRecord } from "../world/state";
import type { World } from "../world/world";
import { requireAdmin } from "./access";
import { ADMIN_HEADER } from "./admin-header";

/** Declares one endpoint under /local-azure that needs the admin token. */
export type AdminRoute = (
  method: "GET" | "POST" | "PATCH" | "DELETE",
  url: string,
  handler: (request: Request) => unknown,
) => void;

export function adminRoutes(app: App, world: Pick<World, "state">): AdminRoute {
  return (method, url, handler) => {
    app.route({
      method,
      url: `/local-azure${url}`,
      handler: (request) => {
        requireAdmin(world, request.headers[ADMIN_HEADER]);
        return handler(request);
      },
    });
  };
}

/** The account that the path names as `:account`. @throws AzureError 404 */
export function accountNamed({ state }: Pick<World, "state">, request: Request): AccountRecord {
  const name = param(request, "account");
  const account = state.accounts.find((one) => sameName(one.name, name));
  if (!account) throw new AzureError(404, "NotFound", `There is no account ${name}.`);
  return account;
}
