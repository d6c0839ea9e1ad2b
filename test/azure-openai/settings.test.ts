import { describe, expect, it } from "@jest/globals";
import { readSettings } from "../../azure-openai/settings";

const settings = (config: Record<string, string>, environment: Record<string, string> = {}) =>
  readSettings({ get: (key) => config[key] }, environment);

describe("readSettings", () => {
  it("has defaults", () => {
    expect(settings({})).toMatchObject({
      environment: "public",
      useOidc: false,
      useMsi: false,
      useDefaultAzureCredential: false,
      disableInstanceDiscovery: false,
      oidcAudience: "api://AzureADTokenExchange",
    });
  });

  it.each([
    ["tenantId", "ARM_TENANT_ID"],
    ["subscriptionId", "ARM_SUBSCRIPTION_ID"],
    ["clientId", "ARM_CLIENT_ID"],
    ["clientSecret", "ARM_CLIENT_SECRET"],
    ["clientCertificatePath", "ARM_CLIENT_CERTIFICATE_PATH"],
    ["clientCertificatePassword", "ARM_CLIENT_CERTIFICATE_PASSWORD"],
    ["oidcToken", "ARM_OIDC_TOKEN"],
    ["oidcTokenFilePath", "ARM_OIDC_TOKEN_FILE_PATH"],
    ["oidcRequestToken", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"],
    ["oidcRequestUrl", "ACTIONS_ID_TOKEN_REQUEST_URL"],
    ["msiEndpoint", "ARM_MSI_ENDPOINT"],
    ["environment", "ARM_ENVIRONMENT"],
    ["environment", "AZURE_ENVIRONMENT"],
    ["metadataHost", "ARM_METADATA_HOSTNAME"],
  ] as const)("azure-native:%s wins over %s", (key, variable) => {
    expect(settings({}, { [variable]: "environment" })[key]).toBe("environment");
    expect(settings({ [`azure-native:${key}`]: "config" }, { [variable]: "environment" })[key]).toBe("config");
    expect(settings({ [`azure-native:${key}`]: "" }, { [variable]: "environment" })[key]).toBe("environment");
  });

  it.each([
    ["useOidc", "ARM_USE_OIDC"],
    ["useMsi", "ARM_USE_MSI"],
    ["useDefaultAzureCredential", "ARM_USE_DEFAULT_AZURE_CREDENTIAL"],
    ["disableInstanceDiscovery", "ARM_DISABLE_INSTANCE_DISCOVERY"],
  ] as const)("%s is a flag", (key, variable) => {
    expect(settings({}, { [variable]: "true" })[key]).toBe(true);
    expect(settings({ [`azure-native:${key}`]: "false" }, { [variable]: "true" })[key]).toBe(false);
    expect(settings({}, { [variable]: "1" })[key]).toBe(false);
  });

  it("remembers where the client secret came from", () => {
    expect(settings({ "azure-native:clientSecret": "s" }).clientSecretFrom).toBe("configuration");
    expect(settings({}, { ARM_CLIENT_SECRET: "s" }).clientSecretFrom).toBe("environment");
    expect(settings({}).clientSecretFrom).toBeUndefined();
  });
});
