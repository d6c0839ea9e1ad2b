import type { ResourceType } from "../resource-type";
import { map, object, text } from "../shape";
import { accountProperties } from "./account-properties";
import { ownAccountName, resourceGroupName, sku, systemData } from "./common";

export const identity = object({
  principalId: text({ readOnly: true }),
  tenantId: text({ readOnly: true }),
  type: text(),
  userAssignedIdentities: { kind: "identities", values: object({ clientId: text(), principalId: text() }) },
});

export const account: ResourceType = {
  token: "azure-native:cognitiveservices:Account",
  apiVersion: "2025-06-01",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.CognitiveServices/accounts/{accountName}",
  pathParameters: { accountName: ownAccountName, resourceGroupName },
  body: object({
    etag: text({ readOnly: true }),
    identity,
    kind: text(),
    // The specification allows it on create and read only.
    location: text({ replaces: true }),
    name: text({ readOnly: true }),
    properties: accountProperties,
    sku,
    systemData,
    tags: map(text()),
    type: text({ readOnly: true }),
  }),
  defaultLocation: true,
  longRunning: { put: true, delete: true },
};
