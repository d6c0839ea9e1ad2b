import type { ResourceType } from "../resource-type";
import { object, text } from "../shape";
import { systemData } from "./common";

export const roleAssignment: ResourceType = {
  token: "azure-native:authorization:RoleAssignment",
  apiVersion: "2022-04-01",
  path: "/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
  pathParameters: {
    roleAssignmentName: { kind: "text", autoName: "random UUID" },
    scope: { kind: "text", required: true },
  },
  body: object({
    name: text({ readOnly: true }),
    properties: object(
      {
        condition: text(),
        conditionVersion: text(),
        createdBy: text({ readOnly: true }),
        createdOn: text({ readOnly: true }),
        delegatedManagedIdentityResourceId: text(),
        description: text(),
        principalId: text({ required: true, replaces: true }),
        principalType: text(),
        roleDefinitionId: text({ required: true }),
        scope: text({ readOnly: true }),
        updatedBy: text({ readOnly: true }),
        updatedOn: text({ readOnly: true }),
      },
      { flattened: true },
    ),
    systemData,
    type: text({ readOnly: true }),
  }),
  defaultLocation: false,
  longRunning: { put: false, delete: false },
};
