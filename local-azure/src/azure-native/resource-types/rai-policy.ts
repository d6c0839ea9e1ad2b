import type { ResourceType } from "../resource-type";
import { boolean, list, map, object, text } from "../shape";
import { parentAccountName, resourceGroupName, systemData } from "./common";

/** A content filter of an account. */
export const raiPolicy: ResourceType = {
  token: "azure-native:cognitiveservices:RaiPolicy",
  apiVersion: "2025-06-01",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.CognitiveServices/accounts/{accountName}/raiPolicies/{raiPolicyName}",
  pathParameters: {
    accountName: parentAccountName,
    raiPolicyName: { kind: "text", autoName: "logical name" },
    resourceGroupName,
  },
  body: object({
    etag: text({ readOnly: true }),
    name: text({ readOnly: true }),
    properties: object({
      basePolicyName: text(),
      contentFilters: list(
        object({
          action: text(),
          blocking: boolean(),
          enabled: boolean(),
          name: text(),
          severityThreshold: text(),
          source: text(),
        }),
      ),
      customBlocklists: list(object({ blocking: boolean(), blocklistName: text(), source: text() })),
      mode: text(),
      safetyProviders: list(object({ blocking: boolean(), safetyProviderName: text(), source: text() })),
      type: text({ readOnly: true }),
    }),
    systemData,
    tags: map(text()),
    type: text({ readOnly: true }),
  }),
  defaultLocation: false,
  longRunning: { put: false, delete: true },
};
