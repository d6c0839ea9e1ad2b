import { readFile } from "node:fs/promises";
import { requestGithubToken } from "../../azure-openai/github-oidc";
import { azureSettings } from "../../stack/azure-settings";
import { connectionOf, requestPipelinesToken } from "./azure-pipelines-token";

/** Where the federated tokens of this run come from, and whom they sign in. */
export interface FederatedSource {
  clientId: string;
  tenantId: string;
  /** A token that is valid now. @throws AzureFailure when there is none */
  request: () => Promise<string>;
  /** File that already holds it and that something else keeps fresh. */
  file?: string;
  /**
   * Whether azure-native has the source's tokens for as long as the run takes: it requests one whenever it needs it from a service as GitHub's,
   * but knows no other such service, and reads a file only once (pulumi-azure-native, provider/pkg/provider/auth_azidentity.go).
   */
  lastsInAzureNative: boolean;
}

/**
 * The source that a job's environment names, in the order in which azure-native looks for one: a token, a file, a service as GitHub's; last Azure
 * Pipelines, which azure-native doesn't know.
 *
 * @returns undefined without ARM_USE_OIDC, without an identity, or where no token is to be found (a person's machine)
 * @throws UserError for a job of Azure Pipelines that lacks a variable
 */
export function federatedSource(env: NodeJS.ProcessEnv): FederatedSource | undefined {
  const settings = azureSettings({}, env);
  if (!settings.useOidc) return undefined;
  const connection = connectionOf(env);
  const clientId = settings.clientId ?? connection?.clientId;
  const tenantId = settings.tenantId ?? connection?.tenantId;
  if (!clientId || !tenantId) return undefined;
  const { oidcToken: token, oidcRequestUrl: url, oidcRequestToken: requestToken, oidcAudience: audience } = settings;
  const identity = { clientId, tenantId };
  // GitLab: https://docs.gitlab.com/ci/secrets/id_token_authentication/ - the token is as valid as the job may take, and there is no other.
  if (token) return { ...identity, request: () => Promise.resolve(token), lastsInAzureNative: true };
  const file = settings.oidcTokenFilePath;
  if (file) {
    const request = async () => (await readFile(file, "utf8")).trim();
    return { ...identity, request, file, lastsInAzureNative: false };
  }
  if (url && requestToken) {
    const request = () => requestGithubToken(url, requestToken, audience);
    return { ...identity, request, lastsInAzureNative: true };
  }
  if (!connection) return undefined;
  return { ...identity, request: () => requestPipelinesToken(connection), lastsInAzureNative: false };
}
