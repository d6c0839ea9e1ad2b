import { expect, it } from "@jest/globals";
import { armAddress, subscriptionOf } from "../../../stack/recovery/arm-id";

const inputs = { resourceGroupName: "rg", accountName: "acc", deploymentName: "dep" };
const account = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/acc";

it.each<[string, Record<string, unknown>, string | undefined]>([
  ["azure-native:cognitiveservices:Account", inputs, account],
  ["azure-native:cognitiveservices:Deployment", inputs, `${account}/deployments/dep`],
  [
    "azure-native:network:PrivateEndpoint",
    { ...inputs, privateEndpointName: "pe" },
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/privateEndpoints/pe",
  ],
  [
    "azure-native:network:PrivateDnsZoneGroup",
    { ...inputs, privateEndpointName: "pe", privateDnsZoneGroupName: "default" },
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/privateEndpoints/pe/privateDnsZoneGroups/default",
  ],
  [
    "azure-native:monitor:DiagnosticSetting",
    { resourceUri: account, name: "finetune" },
    `${account}/providers/Microsoft.Insights/diagnosticSettings/finetune`,
  ],
  ["azure-native:cognitiveservices:RaiPolicy", { ...inputs, raiPolicyName: "f" }, `${account}/raiPolicies/f`],
  [
    "azure-native:authorization:RoleAssignment",
    { scope: `${account}/`, roleAssignmentName: "guid" },
    `${account}/providers/Microsoft.Authorization/roleAssignments/guid`,
  ],
  [
    "azure-native:authorization:RoleAssignment",
    { scope: "subscriptions/s", roleAssignmentName: "guid" },
    "/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/guid",
  ],
  ["azure-native:cognitiveservices:Account", { resourceGroupName: "rg" }, undefined],
  ["azure-native:storage:StorageAccount", inputs, undefined],
])("%s with %j is %s", (type, given, id) => {
  expect(armAddress({ urn: "u", type, inputs: given }, "s")?.id).toBe(id);
});

it("the subscription is read from what the state has", () => {
  const purge = {
    urn: "u",
    type: "pulumi-nodejs:dynamic/finetune:AccountPurge",
    inputs: { subscriptionId: "from-purge" },
  };
  expect(subscriptionOf({ deployment: { resources: [purge] } })).toBe("from-purge");
  const known = { urn: "u", type: "azure-native:x:Y", id: "/subscriptions/from-id/resourceGroups/rg" };
  expect(subscriptionOf({ deployment: { resources: [known] } })).toBe("from-id");
  expect(subscriptionOf({ deployment: {} })).toBeUndefined();
});
