/** Reads one value of the stack's configuration, e.g. `azure-native:clientId`. */
export interface ConfigReader {
  get(key: string): string | undefined;
}

/**
 * Who signs in, and to which cloud: the settings of the azure-native provider, under its names.
 * Configuration wins over the environment (https://www.pulumi.com/registry/packages/azure-native/installation-configuration/).
 */
export interface AzureSettings {
  tenantId?: string;
  subscriptionId?: string;
  clientId?: string;
  clientSecret?: string;
  /** Where the client secret came from: a secret of the configuration reaches destroy as it was at the last `up`. */
  clientSecretFrom?: "configuration" | "environment";
  clientCertificatePath?: string;
  clientCertificatePassword?: string;
  useOidc: boolean;
  oidcToken?: string;
  oidcTokenFilePath?: string;
  oidcRequestToken?: string;
  oidcRequestUrl?: string;
  oidcAudience: string;
  useMsi: boolean;
  msiEndpoint?: string;
  useDefaultAzureCredential: boolean;
  /** `public`, `china` or `usgovernment`. Default `public`. */
  environment: string;
  /** Host that describes the cloud; wins over `environment`. */
  metadataHost?: string;
  disableInstanceDiscovery: boolean;
}

/** Audience of federated tokens when ARM_OIDC_AUDIENCE names none: what Entra ID documents for workload identity. */
const DEFAULT_OIDC_AUDIENCE = "api://AzureADTokenExchange";

/** @param config - reads `azure-native:*`; @param environment usually `process.env`. */
export function readSettings(config: ConfigReader, environment: NodeJS.ProcessEnv): AzureSettings {
  const configured = (key: string) => config.get(`azure-native:${key}`) || undefined;
  const pick = (key: string, ...variables: string[]) =>
    configured(key) ?? variables.map((name) => environment[name]).find((value) => value);
  const flag = (key: string, variable: string) => pick(key, variable)?.toLowerCase() === "true";
  const clientSecret = pick("clientSecret", "ARM_CLIENT_SECRET");
  return {
    tenantId: pick("tenantId", "ARM_TENANT_ID"),
    subscriptionId: pick("subscriptionId", "ARM_SUBSCRIPTION_ID"),
    clientId: pick("clientId", "ARM_CLIENT_ID"),
    clientSecret,
    clientSecretFrom: clientSecret ? (configured("clientSecret") ? "configuration" : "environment") : undefined,
    clientCertificatePath: pick("clientCertificatePath", "ARM_CLIENT_CERTIFICATE_PATH"),
    clientCertificatePassword: pick("clientCertificatePassword", "ARM_CLIENT_CERTIFICATE_PASSWORD"),
    useOidc: flag("useOidc", "ARM_USE_OIDC"),
    oidcToken: pick("oidcToken", "ARM_OIDC_TOKEN"),
    oidcTokenFilePath: pick("oidcTokenFilePath", "ARM_OIDC_TOKEN_FILE_PATH"),
    oidcRequestToken: pick("oidcRequestToken", "ARM_OIDC_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"),
    oidcRequestUrl: pick("oidcRequestUrl", "ARM_OIDC_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_URL"),
    oidcAudience: environment["ARM_OIDC_AUDIENCE"] || DEFAULT_OIDC_AUDIENCE,
    useMsi: flag("useMsi", "ARM_USE_MSI"),
    msiEndpoint: pick("msiEndpoint", "ARM_MSI_ENDPOINT"),
    useDefaultAzureCredential: flag("useDefaultAzureCredential", "ARM_USE_DEFAULT_AZURE_CREDENTIAL"),
    environment: pick("environment", "ARM_ENVIRONMENT", "AZURE_ENVIRONMENT") ?? "public",
    metadataHost: pick("metadataHost", "ARM_METADATA_HOSTNAME"),
    disableInstanceDiscovery: flag("disableInstanceDiscovery", "ARM_DISABLE_INSTANCE_DISCOVERY"),
  };
}
