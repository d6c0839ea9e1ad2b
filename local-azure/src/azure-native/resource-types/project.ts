import type { ResourceType } from "../resource-type";
import { boolean, map, object, text } from "../shape";
import { identity } from "./account";
import { parentAccountName, resourceGroupName, systemData } from "./common";

export const project: ResourceType = {
  token: "azure-native:cognitiveservices:Project",
  apiVersion: "2025-06-01",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.CognitiveServices/accounts/{accountName}/projects/{projectName}",
  pathParameters: {
    accountName: parentAccountName,
    projectName: { kind: "text", autoName: "logical name" },
    resourceGroupName,
  },
  body: object({
    etag: text({ readOnly: true }),
    identity,
    // The specification allows it on create and read only, as an account's.
    location: text({ replaces: true }),
    name: text({ readOnly: true }),
    properties: object({
      description: text(),
      displayName: text(),
      endpoints: map(text(), { readOnly: true }),
      isDefault: boolean({ readOnly: true }),
      provisioningState: text({ readOnly: true }),
    }),
    systemData,
    tags: map(text()),
    type: text({ readOnly: true }),
  }),
  defaultLocation: true,
  longRunning: { put: true, delete: true },
};
