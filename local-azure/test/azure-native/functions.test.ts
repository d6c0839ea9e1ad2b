import { expect, it } from "@jest/globals";
import { isSecret, unwrapped } from "../../src/azure-native/values";
import { CLIENT, OBJECT_ID, SUBSCRIPTION, TENANT, type ArmStub } from "./arm-stub";
import { connectPlugin } from "./connected-plugin";
import { startPlugin, type PluginClient } from "./plugin-client";

let stub: ArmStub;
let plugin: PluginClient;
connectPlugin((connected) => ({ stub, plugin } = connected));

const claimsOf = (token: unknown) =>
  JSON.parse(Buffer.from((token as string).split(".")[1]!, "base64url").toString()) as object;

it("getClientConfig reads the token", async () => {
  expect(await plugin.invoke("azure-native:authorization:getClientConfig", {})).toEqual({
    clientId: CLIENT,
    objectId: OBJECT_ID,
    subscriptionId: SUBSCRIPTION,
    tenantId: TENANT,
  });
});

it.each([
  [{ endpoint: "https://cognitiveservices.azure.com" }, () => "https://cognitiveservices.azure.com/.default"],
  [{}, () => `${stub.origin}//.default`],
])("getClientToken(%j) asks for the right audience and is a secret", async (args, scope) => {
  const { token } = await plugin.invoke("azure-native:authorization:getClientToken", args);
  expect(isSecret(token)).toBe(true);
  expect(claimsOf(unwrapped(token!))).toMatchObject({ scope: expect.stringContaining(scope()) });
});

it("getResourceGroup is one GET", async () => {
  const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;
  stub.resources.set(id.toLowerCase(), {
    id,
    name: "rg",
    location: "eastus",
    properties: { provisioningState: "Succeeded" },
    odd: 1,
  });
  expect(await plugin.invoke("azure-native:resources:getResourceGroup", { resourceGroupName: "rg" })).toEqual({
    azureApiVersion: "2024-03-01",
    id,
    location: "eastus",
    name: "rg",
    properties: { provisioningState: "Succeeded" },
  });
  expect(stub.requests.map(({ url }) => url)).toEqual([
    `/subscriptions/${SUBSCRIPTION}/resourcegroups/rg?api-version=2024-03-01`,
  ]);
});

it("getRoleDefinition is flattened", async () => {
  const id = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/r";
  stub.resources.set(id.toLowerCase(), { id, properties: { roleName: "Owner", permissions: [{ actions: ["*"] }] } });
  const found = await plugin.invoke("azure-native:authorization:getRoleDefinition", {
    scope: "/subscriptions/s",
    roleDefinitionId: "r",
  });
  expect(found).toMatchObject({ id, roleName: "Owner", permissions: [{ actions: ["*"] }] });
});

it.each([
  [
    "a missing resource group",
    "azure-native:resources:getResourceGroup",
    { resourceGroupName: "none" },
    /request failed \/subscriptions\/.*\/none: Status=404 Code="ResourceNotFound"/,
  ],
  [
    "another function",
    "azure-native:storage:listStorageAccountKeys",
    {},
    /does not support the function azure-native:storage:listStorageAccountKeys/,
  ],
])("fails with a sentence for %s", async (_, token, args, expected) => {
  await expect(plugin.invoke(token, args)).rejects.toThrow(expected);
});

it("says what is wrong with a refused sign-in, in one line", async () => {
  const other = await startPlugin(stub, { ARM_CLIENT_SECRET: "wrong" });
  await other.configure({
    metadataHost: stub.origin,
    disableInstanceDiscovery: "true",
    subscriptionId: SUBSCRIPTION,
    tenantId: TENANT,
    clientId: CLIENT,
  });
  const error = await other.invoke("azure-native:authorization:getClientConfig", {}).catch((thrown: Error) => thrown);
  expect((error as Error).message).toBe(
    "2 UNKNOWN: Sign-in failed: AADSTS7000215: Invalid client secret provided. Check azure-native:clientSecret " +
      "(ARM_CLIENT_SECRET): it must be the secret's value, not its id.",
  );
  other.close();
});
