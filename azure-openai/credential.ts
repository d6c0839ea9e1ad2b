import { readFile } from "node:fs/promises";
import {
  AzureCliCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from "@azure/identity";
import type { Cloud } from "./cloud";
import { AzureFailure } from "./failure";
import { requestGithubToken } from "./github-oidc";
import { outboundClient } from "./outbound/http-client";
import type { AzureSettings } from "./settings";

/**
 * The credential that azure-native would choose, in its order: default credential, client certificate, client secret,
 * OIDC, managed identity, az CLI. The first one configured is used; there is no falling through to the next.
 */
export function chooseCredential(settings: AzureSettings, cloud: Cloud): TokenCredential {
  const options = {
    authorityHost: cloud.loginEndpoint,
    disableInstanceDiscovery: settings.disableInstanceDiscovery,
    httpClient: outboundClient(),
    // Two retries take about three seconds: an unreachable sign-in is reported soon.
    retryOptions: { maxRetries: 2 },
  };
  if (settings.useDefaultAzureCredential)
    return new DefaultAzureCredential({ ...options, tenantId: settings.tenantId });
  if (settings.clientCertificatePath) {
    const { tenantId, clientId } = servicePrincipal(settings, "a client certificate");
    return new ClientCertificateCredential(
      tenantId,
      clientId,
      {
        certificatePath: pemPath(settings.clientCertificatePath),
        certificatePassword: settings.clientCertificatePassword,
      },
      options,
    );
  }
  if (settings.clientSecret) {
    const { tenantId, clientId } = servicePrincipal(settings, "a client secret");
    return new ClientSecretCredential(tenantId, clientId, settings.clientSecret, options);
  }
  if (settings.useOidc) {
    const { tenantId, clientId } = servicePrincipal(settings, "OIDC");
    return new ClientAssertionCredential(tenantId, clientId, federatedToken(settings), options);
  }
  if (settings.useMsi) return managedIdentity(settings);
  return new AzureCliCredential({ tenantId: settings.tenantId });
}

function servicePrincipal(settings: AzureSettings, kind: string): { tenantId: string; clientId: string } {
  const { tenantId, clientId } = settings;
  if (tenantId && clientId) return { tenantId, clientId };
  const missing = [
    ...(tenantId ? [] : ["azure-native:tenantId / ARM_TENANT_ID"]),
    ...(clientId ? [] : ["azure-native:clientId / ARM_CLIENT_ID"]),
  ];
  throw new AzureFailure(`Sign-in with ${kind} needs ${missing.join(" and ")}.`, { neverSent: true });
}

/** Where the federated token comes from; it is asked for again with each sign-in, since it is short-lived. */
function federatedToken(settings: AzureSettings): () => Promise<string> {
  const { oidcToken, oidcTokenFilePath, oidcRequestUrl, oidcRequestToken } = settings;
  if (oidcToken) return () => Promise.resolve(oidcToken);
  if (oidcTokenFilePath) return async () => (await readFile(oidcTokenFilePath, "utf8")).trim();
  if (oidcRequestUrl && oidcRequestToken)
    return () => requestGithubToken(oidcRequestUrl, oidcRequestToken, settings.oidcAudience);
  throw new AzureFailure(
    "Sign-in with OIDC needs a token: set ARM_OIDC_TOKEN or ARM_OIDC_TOKEN_FILE_PATH, or run in GitHub Actions with `permissions: id-token: write`.",
    { neverSent: true },
  );
}

function managedIdentity(settings: AzureSettings): TokenCredential {
  // As azure-native does: the endpoint is handed to the library through the variable that it looks at.
  if (settings.msiEndpoint) process.env["MSI_ENDPOINT"] = settings.msiEndpoint;
  return new ManagedIdentityCredential({ clientId: settings.clientId, httpClient: outboundClient() });
}

/** @azure/identity reads PEM only; azure-native also takes PKCS #12. */
function pemPath(path: string): string {
  if (!/\.(pfx|p12)$/i.test(path)) return path;
  throw new AzureFailure(
    `The client certificate ${path} is PKCS #12; the dynamic resources need PEM: openssl pkcs12 -in ${path} -out certificate.pem -nodes`,
    { neverSent: true },
  );
}
