import { AzureError } from "../http/azure-error";
import { sameSecret } from "../sign-in/client-authentication";
import type { World } from "../world/world";
import { ADMIN_HEADER } from "./admin-header";

/** @throws AzureError 403 */
export function requireAdmin({ state }: Pick<World, "state">, token: string | string[] | undefined): void {
  if (typeof token !== "string" || !sameSecret(token, state.adminToken)) {
    throw new AzureError(
      403,
      "AdminTokenRequired",
      `This endpoint needs the ${ADMIN_HEADER} header with the adminToken of the state file.`,
    );
  }
}
