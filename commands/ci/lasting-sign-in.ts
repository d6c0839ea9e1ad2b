import { tmpdir } from "node:os";
import { printable } from "../../azure-openai/printable-text";
import { federatedSource } from "./federated-source";
import type { Schedule } from "./schedule";
import { openTokenEndpoint } from "./token-endpoint";
import { TokenFile } from "./token-file";

export interface SignInOptions {
  warn?: (line: string) => void;
  schedule?: Schedule;
}

/**
 * Calls `use` with an environment in which every sign-in lasts as long as the run: of the program, of azure-native, and of Pulumi's own storage
 * (azblob://) and key vault.
 *
 * Storage and vault sign in by azidentity's DefaultAzureCredential (gocloud.dev 0.37, blob/azureblob and secrets/azurekeyvault), which does not know
 * ARM_USE_OIDC, and what the Azure CLI got from its sign-in ends after about an hour (Azure/azure-cli#28708). Second in that chain, before the Azure
 * CLI, comes WorkloadIdentityCredential: it reads the federated token from AZURE_FEDERATED_TOKEN_FILE each time that an access token ends (azidentity
 * 1.8.2, workload_identity.go; what it has read it uses for up to 10 minutes, while GitHub's tokens live for 5 and those of Azure Pipelines for 10). So that
 * file is kept fresh.
 *
 * The program and azure-native ask GitHub themselves, and GitLab's token lasts as long as the job. Of any other source azure-native takes one token
 * and no second, so both get them from an endpoint on this machine that speaks as GitHub's.
 *
 * Where no token can be requested (a person's machine), or nothing is missing, the environment is unchanged.
 *
 * @throws AzureFailure when there is no first token
 */
export async function withLastingSignIn<T>(
  env: NodeJS.ProcessEnv,
  use: (env: NodeJS.ProcessEnv) => Promise<T>,
  options: SignInOptions = {},
): Promise<T> {
  const source = federatedSource(env);
  // A file that somebody has named for the storage is used as it is.
  if (!source || (env.AZURE_FEDERATED_TOKEN_FILE && source.lastsInAzureNative)) return use(env);
  const named = env.AZURE_FEDERATED_TOKEN_FILE || source.file;
  const file = named
    ? { path: named, close: () => {} }
    : await TokenFile.open(source.request, {
        folder: env.RUNNER_TEMP ?? env.AGENT_TEMPDIRECTORY ?? tmpdir(),
        warn: options.warn ?? ((line) => process.stderr.write(`${printable(line)}\n`)),
        schedule: options.schedule,
      });
  const { clientId, tenantId } = source;
  const ofStorage = {
    AZURE_CLIENT_ID: env.AZURE_CLIENT_ID ?? clientId,
    AZURE_TENANT_ID: env.AZURE_TENANT_ID ?? tenantId,
    AZURE_FEDERATED_TOKEN_FILE: file.path,
  };
  try {
    if (source.lastsInAzureNative) return await use({ ...env, ...ofStorage });
    const endpoint = await openTokenEndpoint(source.request);
    try {
      return await use({
        ...env,
        ...ofStorage,
        ARM_CLIENT_ID: clientId,
        ARM_TENANT_ID: tenantId,
        ARM_OIDC_REQUEST_URL: endpoint.url,
        ARM_OIDC_REQUEST_TOKEN: endpoint.token,
        // It would win over the endpoint.
        ARM_OIDC_TOKEN_FILE_PATH: undefined,
      });
    } finally {
      endpoint.close();
    }
  } finally {
    file.close();
  }
}
