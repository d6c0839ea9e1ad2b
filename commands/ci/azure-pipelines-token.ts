import { connectionFailure } from "../../azure-openai/connection-error";
import { AzureFailure } from "../../azure-openai/failure";
import { outboundFetch } from "../../azure-openai/outbound/fetch";
import { UserError } from "../../stack/command";

/** A service connection of Azure DevOps that signs in by workload identity federation, as a job's variables name it. */
export interface ServiceConnection {
  id: string;
  clientId?: string;
  tenantId?: string;
  /** SYSTEM_OIDCREQUESTURI of the job. */
  requestUri: string;
  /** System.AccessToken, which is valid as long as the job may take. */
  accessToken: string;
}

/** The version that @azure/identity's AzurePipelinesCredential asks for. */
const API_VERSION = "7.1";

/**
 * The service connection of this job. The agent sets SYSTEM_OIDCREQUESTURI, the task AzureCLI@2 the variables AZURESUBSCRIPTION_... of the connection
 * that its `azureSubscription` names; ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID, as of Terraform's azurerm provider, names another one.
 *
 * @returns undefined outside Azure Pipelines
 * @throws UserError that names what the step lacks
 */
export function connectionOf(env: NodeJS.ProcessEnv): ServiceConnection | undefined {
  const requestUri = env.SYSTEM_OIDCREQUESTURI;
  if (!requestUri) return undefined;
  const id = env.ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID || env.AZURESUBSCRIPTION_SERVICE_CONNECTION_ID;
  if (!id) return undefined;
  const accessToken = env.SYSTEM_ACCESSTOKEN;
  if (!accessToken) {
    throw new UserError(
      "SYSTEM_ACCESSTOKEN is not set, and without it Azure Pipelines issues no token for the service connection. Add env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) } to the step.",
    );
  }
  const { AZURESUBSCRIPTION_CLIENT_ID: clientId, AZURESUBSCRIPTION_TENANT_ID: tenantId } = env;
  return { id, clientId, tenantId, requestUri, accessToken };
}

/**
 * Requests a federated token of the connection, valid for ten minutes (Azure/azure-cli#28708), as @azure/identity's AzurePipelinesCredential does. That
 * one keeps the token to itself, while azure-native and the state's storage need it; and of an empty answer it reports the whole request, with
 * the access token.
 *
 * @throws AzureFailure when there is none
 */
export async function requestPipelinesToken(connection: ServiceConnection): Promise<string> {
  const url = new URL(connection.requestUri);
  url.searchParams.set("api-version", API_VERSION);
  url.searchParams.set("serviceConnectionId", connection.id);
  let response: Response;
  try {
    response = await outboundFetch(url, {
      method: "POST",
      headers: {
        authorization: `Bearer ${connection.accessToken}`,
        "content-type": "application/json",
        // An error in place of a page to sign in by.
        "x-tfs-fedauthredirect": "Suppress",
      },
      signal: AbortSignal.timeout(30_000),
    });
  } catch (error) {
    if (error instanceof AzureFailure) throw error;
    throw connectionFailure(error, url.origin) ?? new AzureFailure(`${url.origin} did not return a federated token.`);
  }
  const body = (await response.json().catch(() => undefined)) as { oidcToken?: unknown; message?: unknown } | undefined;
  if (response.ok && typeof body?.oidcToken === "string") return body.oidcToken;
  const said = typeof body?.message === "string" ? ` (${body.message.slice(0, 300)})` : "";
  throw new AzureFailure(
    `${url.origin} returned ${response.status} for the request for a token for the service connection ${connection.id}${said}. Check that the connection uses workload identity federation, that azureSubscription in this job is set to it, and that this pipeline is allowed to use it.`,
    { status: response.status, neverSent: true },
  );
}
