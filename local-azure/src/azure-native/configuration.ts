/** The provider's settings: configuration `azure-native:<name>` wins over the environment variable. */
export interface Configuration {
  subscriptionId?: string;
  tenantId?: string;
  clientId?: string;
  clientSecret?: string;
  clientCertificatePath?: string;
  clientCertificatePassword?: string;
  auxiliaryTenantIds: string[];
  useDefaultAzureCredential: boolean;
  useOidc: boolean;
  oidcToken?: string;
  oidcTokenFilePath?: string;
  oidcRequestToken?: string;
  oidcRequestUrl?: string;
  oidcAudience: string;
  useMsi: boolean;
  metadataHost?: string;
  environment: string;
  disableInstanceDiscovery: boolean;
  location?: string;
}

const NAMESPACE = "azure-native:config:";

/**
 * @param variables - of the Configure call: `azure-native:config:<name>` to string (booleans and lists as JSON)
 * @param environment - the process's variables
 */
export function readConfiguration(
  variables: ReadonlyMap<string, string>,
  environment: Readonly<Record<string, string | undefined>>,
): Configuration {
  const setting = (name: string, ...environmentNames: string[]): string | undefined =>
    [variables.get(NAMESPACE + name), ...environmentNames.map((variable) => environment[variable])].find(Boolean);
  const flag = (name: string, variable: string) => setting(name, variable) === "true";

  return {
    subscriptionId: setting("subscriptionId", "ARM_SUBSCRIPTION_ID"),
    tenantId: setting("tenantId", "ARM_TENANT_ID"),
    clientId: setting("clientId", "ARM_CLIENT_ID"),
    clientSecret: setting("clientSecret", "ARM_CLIENT_SECRET"),
    clientCertificatePath: setting("clientCertificatePath", "ARM_CLIENT_CERTIFICATE_PATH"),
    clientCertificatePassword: setting("clientCertificatePassword", "ARM_CLIENT_CERTIFICATE_PASSWORD"),
    auxiliaryTenantIds: tenantIds(setting("auxiliaryTenantIds", "ARM_AUXILIARY_TENANT_IDS")),
    useDefaultAzureCredential: flag("useDefaultAzureCredential", "ARM_USE_DEFAULT_AZURE_CREDENTIAL"),
    useOidc: flag("useOidc", "ARM_USE_OIDC"),
    oidcToken: setting("oidcToken", "ARM_OIDC_TOKEN"),
    oidcTokenFilePath: setting("oidcTokenFilePath", "ARM_OIDC_TOKEN_FILE_PATH"),
    oidcRequestToken: setting("oidcRequestToken", "ARM_OIDC_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"),
    oidcRequestUrl: setting("oidcRequestUrl", "ARM_OIDC_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_URL"),
    oidcAudience: environment.ARM_OIDC_AUDIENCE || "api://AzureADTokenExchange",
    useMsi: flag("useMsi", "ARM_USE_MSI"),
    metadataHost: setting("metadataHost", "ARM_METADATA_HOSTNAME"),
    environment: setting("environment", "ARM_ENVIRONMENT", "AZURE_ENVIRONMENT") ?? "public",
    disableInstanceDiscovery: flag("disableInstanceDiscovery", "ARM_DISABLE_INSTANCE_DISCOVERY"),
    location: setting("location"),
  };
}

function tenantIds(json: string | undefined): string[] {
  if (!json) return [];
  try {
    const parsed: unknown = JSON.parse(json);
    if (Array.isArray(parsed) && parsed.every((id) => typeof id === "string")) return parsed;
  } catch {
    // Said below, with the value's rule.
  }
  throw new Error(
    "azure-native:auxiliaryTenantIds (ARM_AUXILIARY_TENANT_IDS) must be a JSON list of tenant ids, such as " +
      '["00000000-0000-0000-0000-000000000000"].',
  );
}
