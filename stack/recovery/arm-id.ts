import {
  ACCOUNT_TYPE,
  CONTENT_FILTER_TYPE,
  DEPLOYMENT_TYPE,
  DIAGNOSTIC_SETTING_TYPE,
  DNS_ZONE_GROUP_TYPE,
  PRIVATE_ENDPOINT_TYPE,
  finetuneType,
  PROJECT_TYPE,
} from "../../dynamic-providers/runtime/resource-types";
import type { StackExport, StackResource } from "../stack-state";

/** Where Resource Manager has a resource, and a version of its API that serves a GET. */
export interface ArmAddress {
  id: string;
  apiVersion: string;
}

type Inputs = Record<string, unknown>;
type Address = (inputs: Inputs, subscriptionId: string) => ArmAddress | undefined;

/** The types of this program: their ids follow from their inputs, so they can be found even if the id was not recorded. */
const addresses: Record<string, Address> = {
  [ACCOUNT_TYPE]: (inputs, subscriptionId) => {
    const account = accountId(inputs, subscriptionId);
    return account === undefined ? undefined : { id: account, apiVersion: "2025-06-01" };
  },
  [DEPLOYMENT_TYPE]: inAccount("deployments", "deploymentName"),
  [CONTENT_FILTER_TYPE]: inAccount("raiPolicies", "raiPolicyName"),
  [PROJECT_TYPE]: inAccount("projects", "projectName"),
  [PRIVATE_ENDPOINT_TYPE]: (inputs, subscriptionId) => {
    const id = privateEndpointId(inputs, subscriptionId);
    return id === undefined ? undefined : { id, apiVersion: "2024-05-01" };
  },
  [DNS_ZONE_GROUP_TYPE]: (inputs, subscriptionId) => {
    const endpoint = privateEndpointId(inputs, subscriptionId);
    const { privateDnsZoneGroupName } = inputs;
    if (endpoint === undefined || !isText(privateDnsZoneGroupName)) return undefined;
    return { id: `${endpoint}/privateDnsZoneGroups/${privateDnsZoneGroupName}`, apiVersion: "2024-05-01" };
  },
  [DIAGNOSTIC_SETTING_TYPE]: ({ resourceUri, name }) => {
    if (!isText(resourceUri) || !isText(name)) return undefined;
    return {
      id: `${resourceUri}/providers/Microsoft.Insights/diagnosticSettings/${name}`,
      apiVersion: "2021-05-01-preview",
    };
  },
  "azure-native:authorization:RoleAssignment": ({ scope, roleAssignmentName }) => {
    if (!isText(scope) || !isText(roleAssignmentName)) return undefined;
    const id = `${scope.replace(/\/+$/, "")}/providers/Microsoft.Authorization/roleAssignments/${roleAssignmentName}`;
    return { id: id.startsWith("/") ? id : `/${id}`, apiVersion: "2022-04-01" };
  },
};

export function isAzureNative(resource: StackResource): boolean {
  return resource.type.startsWith("azure-native:");
}

/** Undefined for a type or inputs from which no id can be derived. */
export function armAddress(resource: StackResource, subscriptionId: string): ArmAddress | undefined {
  return addresses[resource.type]?.(resource.inputs ?? {}, subscriptionId);
}

/** The subscription of a stack, from the state: AccountPurge is created before everything else. */
export function subscriptionOf(state: StackExport): string | undefined {
  const resources = state.deployment.resources ?? [];
  for (const { type, inputs, id } of resources) {
    if (type === finetuneType("AccountPurge") && isText(inputs?.subscriptionId)) return inputs.subscriptionId;
    const inId = /^\/subscriptions\/([^/]+)/i.exec(id ?? "")?.[1];
    if (inId) return inId;
  }
  return undefined;
}

/** Of a resource below an account. @param nameInput - input that has its name */
function inAccount(collection: string, nameInput: string): Address {
  return (inputs, subscriptionId) => {
    const account = accountId(inputs, subscriptionId);
    const name = inputs[nameInput];
    if (account === undefined || !isText(name)) return undefined;
    return { id: `${account}/${collection}/${name}`, apiVersion: "2025-06-01" };
  };
}

function accountId({ resourceGroupName, accountName }: Inputs, subscriptionId: string): string | undefined {
  if (!isText(resourceGroupName) || !isText(accountName)) return undefined;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
  return `${group}/providers/Microsoft.CognitiveServices/accounts/${accountName}`;
}

function privateEndpointId({ resourceGroupName, privateEndpointName }: Inputs, subscriptionId: string) {
  if (!isText(resourceGroupName) || !isText(privateEndpointName)) return undefined;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
  return `${group}/providers/Microsoft.Network/privateEndpoints/${privateEndpointName}`;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
