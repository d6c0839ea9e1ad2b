import type { ResourceType } from "../resource-type";
import { boolean, integer, map, object, text } from "../shape";
import { parentAccountName, resourceGroupName, sku, systemData } from "./common";
import { callRateLimit, throttlingRules } from "./rate-limits";

const deploymentProperties = object({
  callRateLimit,
  capabilities: map(text(), { readOnly: true }),
  capacitySettings: object({ designatedCapacity: integer(), priority: integer() }),
  currentCapacity: integer(),
  dynamicThrottlingEnabled: boolean({ readOnly: true }),
  model: object({
    callRateLimit,
    format: text(),
    name: text(),
    publisher: text(),
    source: text(),
    sourceAccount: text(),
    version: text(),
  }),
  parentDeploymentName: text(),
  provisioningState: text({ readOnly: true }),
  raiPolicyName: text(),
  rateLimits: throttlingRules,
  scaleSettings: object({ activeCapacity: integer({ readOnly: true }), capacity: integer(), scaleType: text() }),
  spilloverDeploymentName: text(),
  versionUpgradeOption: text(),
});

export const deployment: ResourceType = {
  token: "azure-native:cognitiveservices:Deployment",
  apiVersion: "2025-06-01",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.CognitiveServices/accounts/{accountName}/deployments/{deploymentName}",
  pathParameters: {
    accountName: parentAccountName,
    deploymentName: { kind: "text", autoName: "logical name" },
    resourceGroupName,
  },
  body: object({
    etag: text({ readOnly: true }),
    name: text({ readOnly: true }),
    properties: deploymentProperties,
    sku,
    systemData,
    tags: map(text()),
    type: text({ readOnly: true }),
  }),
  defaultLocation: false,
  longRunning: { put: true, delete: true },
};
