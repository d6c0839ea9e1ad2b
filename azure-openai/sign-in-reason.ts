import { connectionFailure } from "./connection-error";
import { AzureFailure } from "./failure";
import { outboundFetch } from "./outbound/fetch";
import type { AzureSettings } from "./settings";

/** What MSAL says when it can't read the tenant's description, whatever the reason. */
const NO_REASON = "endpoints_resolution_error";

/**
 * The reason of a failed sign-in. The library keeps it to itself when the tenant's description can't be read (unknown tenant, unreachable
 * host): then the description is requested again, to find out.
 *
 * @param message - the library's
 * @throws AzureFailure when the host can't be reached
 */
export async function findReason(message: string, loginEndpoint: string, settings: AzureSettings): Promise<string> {
  if (!message.includes(NO_REASON)) return message;
  const tenant = settings.tenantId ?? "common";
  try {
    const url = `${loginEndpoint}/${tenant}/v2.0/.well-known/openid-configuration`;
    const answer = await outboundFetch(url, { signal: AbortSignal.timeout(15_000) });
    const body = (await answer.json()) as { error_description?: string } | null;
    return body?.error_description ?? unreadable(loginEndpoint, tenant, settings);
  } catch (error) {
    const unreachable = connectionFailure(error, loginEndpoint);
    if (unreachable) throw new AzureFailure(unreachable.message, { code: unreachable.code, neverSent: true });
    return unreadable(loginEndpoint, tenant, settings);
  }
}

/** Outside the public clouds the library first asks the public one about the host, unless told not to. */
function unreadable(loginEndpoint: string, tenant: string, settings: AzureSettings): string {
  const discovery = settings.disableInstanceDiscovery
    ? ""
    : " In a private cloud, set azure-native:disableInstanceDiscovery.";
  return `the OpenID configuration of tenant ${tenant} at ${loginEndpoint} can't be read.${discovery}`;
}
