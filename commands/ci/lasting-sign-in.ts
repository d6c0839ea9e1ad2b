import { tmpdir } from "node:os";
import { printable } from "../../azure-openai/printable-text";
import { requestGithubToken } from "../../azure-openai/github-oidc";
import { azureSettings } from "../../stack/azure-settings";
import type { Schedule } from "./schedule";
import { TokenFile } from "./token-file";

export interface SignInOptions {
  warn?: (line: string) => void;
  schedule?: Schedule;
}

/**
 * Calls `use` with an environment in which the sign-in of Pulumi's own storage (azblob://) and key vault lasts as long as the run.
 *
 * The program asks GitHub for a new federated token whenever it needs one. Pulumi's storage can't: it signs in by azidentity's
 * DefaultAzureCredential (gocloud.dev 0.37, blob/azureblob and secrets/azurekeyvault), which does not know ARM_USE_OIDC, and what the Azure CLI
 * got from azure/login ends after about an hour (Azure/azure-cli#28708). Second in that chain, before the Azure CLI, comes
 * WorkloadIdentityCredential: it reads the federated token from AZURE_FEDERATED_TOKEN_FILE each time that an access token ends (azidentity
 * 1.8.2, workload_identity.go; what it has read it uses for up to 10 minutes, and GitHub's tokens live for 5). So that file is kept fresh.
 *
 * If no such token can be requested (another CI, a person's machine), or a file is already named, the environment is unchanged.
 *
 * @throws AzureFailure when GitHub gives no first token
 */
export async function withLastingSignIn<T>(
  env: NodeJS.ProcessEnv,
  use: (env: NodeJS.ProcessEnv) => Promise<T>,
  options: SignInOptions = {},
): Promise<T> {
  const settings = azureSettings({}, env);
  const { useOidc, clientId, tenantId, oidcRequestUrl: url, oidcRequestToken: token, oidcAudience } = settings;
  if (!useOidc || !clientId || !tenantId || !url || !token || env.AZURE_FEDERATED_TOKEN_FILE) return use(env);
  const file = await TokenFile.open(() => requestGithubToken(url, token, oidcAudience), {
    folder: env.RUNNER_TEMP ?? tmpdir(),
    warn: options.warn ?? ((line) => process.stderr.write(`${printable(line)}\n`)),
    schedule: options.schedule,
  });
  try {
    return await use({
      ...env,
      AZURE_CLIENT_ID: env.AZURE_CLIENT_ID ?? clientId,
      AZURE_TENANT_ID: env.AZURE_TENANT_ID ?? tenantId,
      AZURE_FEDERATED_TOKEN_FILE: file.path,
    });
  } finally {
    file.close();
  }
}
