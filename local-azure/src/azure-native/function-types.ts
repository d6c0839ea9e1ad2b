import { account } from "./resource-types/account";
import { project } from "./resource-types/project";
import { resourceGroupName } from "./resource-types/common";
import { systemData } from "./resource-types/common";
import { list, map, object, text, type ObjectShape, type TextShape } from "./shape";

/** A function that is one GET. */
export interface GetFunction {
  token: string;
  apiVersion: string;
  path: string;
  parameters: Record<string, TextShape>;
  answer: ObjectShape;
}

const required: TextShape = { kind: "text", required: true };

/** Functions of the SDK that look something up, by token, path and API version of 3.28.0. */
export const getFunctions: readonly GetFunction[] = [
  {
    token: "azure-native:resources:getResourceGroup",
    apiVersion: "2024-03-01",
    path: "/subscriptions/{subscriptionId}/resourcegroups/{resourceGroupName}",
    parameters: { resourceGroupName },
    answer: object({
      id: text(),
      location: text(),
      managedBy: text(),
      name: text(),
      properties: object({ provisioningState: text() }),
      tags: map(text()),
      type: text(),
    }),
  },
  {
    token: "azure-native:cognitiveservices:getAccount",
    apiVersion: account.apiVersion,
    path: account.path,
    parameters: { accountName: required, resourceGroupName },
    answer: object({ ...account.body.members, id: text() }),
  },
  {
    token: "azure-native:cognitiveservices:getProject",
    apiVersion: project.apiVersion,
    path: project.path,
    parameters: { accountName: required, projectName: required, resourceGroupName },
    answer: object({ ...project.body.members, id: text() }),
  },
  {
    token: "azure-native:authorization:getRoleDefinition",
    apiVersion: "2022-05-01-preview",
    path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
    parameters: { roleDefinitionId: required, scope: required },
    answer: object({
      id: text(),
      name: text(),
      properties: object(
        {
          assignableScopes: list(text()),
          createdBy: text(),
          createdOn: text(),
          description: text(),
          permissions: list(
            object({
              actions: list(text()),
              condition: text(),
              conditionVersion: text(),
              dataActions: list(text()),
              notActions: list(text()),
              notDataActions: list(text()),
            }),
          ),
          roleName: text(),
          roleType: text(),
          updatedBy: text(),
          updatedOn: text(),
        },
        { flattened: true },
      ),
      systemData,
      type: text(),
    }),
  },
];
