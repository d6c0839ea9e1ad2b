import { expect, it } from "@jest/globals";
import { armPath, armPathParameters } from "../../src/azure-native/arm-path";
import { account } from "../../src/azure-native/resource-types/account";
import { roleAssignment } from "../../src/azure-native/resource-types/role-assignment";

const parameters = { subscriptionId: "s", resourceGroupName: "my group", accountName: "acct" };
const accountId = "/subscriptions/s/resourceGroups/my%20group/providers/Microsoft.CognitiveServices/accounts/acct";

it("puts parameters into the path and finds them there again, whatever the case", () => {
  expect(armPath(account.path, parameters)).toBe(accountId);
  expect(armPathParameters(account.path, accountId.replace("resourceGroups", "RESOURCEGROUPS"))).toEqual(parameters);
});

it.each(["/subscriptions/s", "subscriptions/s", "/subscriptions/s/"])(
  "takes a scope with and without slashes: %s",
  (scope) => {
    const id = armPath(roleAssignment.path, { scope, roleAssignmentName: "n" });
    expect(id).toBe("/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/n");
    expect(armPathParameters(roleAssignment.path, id)).toEqual({ scope: "/subscriptions/s", roleAssignmentName: "n" });
  },
);

it("names what is missing or wrong", () => {
  expect(() => armPath(account.path, { subscriptionId: "s" })).toThrow("needs 'resourceGroupName'");
  expect(() => armPathParameters(account.path, "/subscriptions/s")).toThrow(
    'The id "/subscriptions/s" is not of the form',
  );
});
