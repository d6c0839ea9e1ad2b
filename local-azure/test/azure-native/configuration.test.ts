import { expect, it } from "@jest/globals";
import { readConfiguration } from "../../src/azure-native/configuration";

const read = (config: Record<string, string>, environment: Record<string, string> = {}) =>
  readConfiguration(
    new Map(Object.entries(config).map(([name, value]) => [`azure-native:config:${name}`, value])),
    environment,
  );

it("prefers configuration to the environment", () => {
  const environment = { ARM_CLIENT_ID: "env", ARM_TENANT_ID: "env", ARM_METADATA_HOSTNAME: "env:1" };
  expect(read({ clientId: "config", tenantId: "" }, environment)).toMatchObject({
    clientId: "config",
    tenantId: "env",
    metadataHost: "env:1",
  });
});

it.each([
  ["true", true],
  ["false", false],
  ["1", false],
  ["", false],
])("disables instance discovery only when the word is true: %s", (value, expected) => {
  expect(read({ disableInstanceDiscovery: value }).disableInstanceDiscovery).toBe(expected);
  expect(read({}, { ARM_DISABLE_INSTANCE_DISCOVERY: value }).disableInstanceDiscovery).toBe(expected);
});

it("reads tenants as a JSON list and says so when they are not one", () => {
  expect(read({ auxiliaryTenantIds: '["a","b"]' }).auxiliaryTenantIds).toEqual(["a", "b"]);
  expect(() => read({}, { ARM_AUXILIARY_TENANT_IDS: "a,b" })).toThrow(/ARM_AUXILIARY_TENANT_IDS\) must be a JSON list/);
});

it("has azure-native's defaults", () => {
  expect(read({})).toMatchObject({ environment: "public", oidcAudience: "api://AzureADTokenExchange", useMsi: false });
});
