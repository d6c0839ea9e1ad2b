import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { HttpClient } from "@azure/core-rest-pipeline";
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
import type { Configuration } from "./configuration";
import { gitHubToken } from "./oidc-request";

/** Who signs in, and the subscription that is worked on. */
export interface Identity {
  credential: TokenCredential;
  subscriptionId: string;
}

/**
 * azure-native's order: default credential, client certificate, client secret, OIDC, managed identity, az CLI. The
 * first one that is configured is used; when it fails, no other is tried.
 */
export async function findIdentity(config: Configuration, cloud: Cloud, httpClient: HttpClient): Promise<Identity> {
  const options = {
    authorityHost: cloud.loginEndpoint,
    disableInstanceDiscovery: config.disableInstanceDiscovery,
    additionallyAllowedTenants: config.auxiliaryTenantIds,
    httpClient,
    retryOptions: { maxRetries: 1 },
  };
  const need = (method: string, ...names: (keyof Configuration)[]): string[] =>
    names.map((name) => requiredSetting(config, name, method));

  if (config.useDefaultAzureCredential) {
    const [subscriptionId] = need("the default Azure credential", "subscriptionId");
    return {
      credential: new DefaultAzureCredential({ ...options, tenantId: config.tenantId }),
      subscriptionId: subscriptionId!,
    };
  }
  if (config.clientCertificatePath) {
    const [subscriptionId, tenant, client] = need("a client certificate", "subscriptionId", "tenantId", "clientId");
    const certificate = {
      certificatePath: config.clientCertificatePath,
      certificatePassword: config.clientCertificatePassword,
    };
    return {
      credential: new ClientCertificateCredential(tenant!, client!, certificate, options),
      subscriptionId: subscriptionId!,
    };
  }
  if (config.clientSecret) {
    const [subscriptionId, tenant, client] = need("a client secret", "subscriptionId", "tenantId", "clientId");
    return {
      credential: new ClientSecretCredential(tenant!, client!, config.clientSecret, options),
      subscriptionId: subscriptionId!,
    };
  }
  if (config.useOidc) {
    const [subscriptionId, tenant, client] = need("OIDC", "subscriptionId", "tenantId", "clientId");
    const assertion = await oidcAssertion(config, httpClient);
    return {
      credential: new ClientAssertionCredential(tenant!, client!, assertion, options),
      subscriptionId: subscriptionId!,
    };
  }
  if (config.useMsi) {
    const [subscriptionId] = need("a managed identity", "subscriptionId");
    const credential = new ManagedIdentityCredential({ ...options, clientId: config.clientId! });
    return { credential, subscriptionId: subscriptionId! };
  }
  return {
    credential: new AzureCliCredential({ tenantId: config.tenantId, subscription: config.subscriptionId }),
    subscriptionId: config.subscriptionId ?? (await activeSubscription()),
  };
}

function requiredSetting(config: Configuration, name: keyof Configuration, method: string): string {
  const value = config[name];
  if (typeof value === "string" && value) return value;
  const variable = `ARM_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
  throw new Error(`To sign in with ${method}, azure-native:${name} (${variable}) must be set.`);
}

/**
 * As azure-native has it (provider/pkg/provider/auth_azidentity.go): a token is requested at each sign-in, but a file is read once, so that a run which
 * outlasts what is in it ends with AADSTS700024.
 */
async function oidcAssertion(config: Configuration, httpClient: HttpClient): Promise<() => Promise<string>> {
  const { oidcToken, oidcTokenFilePath, oidcRequestUrl, oidcRequestToken, oidcAudience: audience } = config;
  if (oidcToken) return () => Promise.resolve(oidcToken);
  if (oidcTokenFilePath) {
    const token = await readFile(oidcTokenFilePath, "utf8").catch((error: Error) => {
      throw new Error(`The OIDC token can't be read from ${oidcTokenFilePath}: ${error.message}`);
    });
    return () => Promise.resolve(token.trim());
  }
  if (oidcRequestUrl && oidcRequestToken)
    return () => gitHubToken({ url: oidcRequestUrl, token: oidcRequestToken, audience }, httpClient);
  throw new Error(
    "To sign in with OIDC, set one of azure-native:oidcToken (ARM_OIDC_TOKEN), azure-native:oidcTokenFilePath " +
      "(ARM_OIDC_TOKEN_FILE_PATH), or oidcRequestUrl and oidcRequestToken (ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN).",
  );
}

async function activeSubscription(): Promise<string> {
  const { stdout } = await promisify(execFile)("az", ["account", "show", "--output", "json"], {
    shell: process.platform === "win32",
  }).catch(() => {
    throw new Error(
      "No sign-in is configured: set azure-native:clientId, clientSecret, tenantId and subscriptionId (ARM_CLIENT_ID, " +
        "ARM_CLIENT_SECRET, ARM_TENANT_ID, ARM_SUBSCRIPTION_ID), or run `az login`.",
    );
  });
  return (JSON.parse(stdout) as { id: string }).id;
}
