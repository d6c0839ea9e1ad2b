import { expect, it } from "@jest/globals";
import { inputFailures } from "../../src/azure-native/input-validation";
import { account } from "../../src/azure-native/resource-types/account";
import { deployment } from "../../src/azure-native/resource-types/deployment";
import { roleAssignment } from "../../src/azure-native/resource-types/role-assignment";
import { secret, UNKNOWN, type Properties } from "../../src/azure-native/values";

const good: Properties = { accountName: "acct-one", resourceGroupName: "rg", location: "eastus", sku: { name: "S0" } };

it.each<[string, Properties, string[]]>([
  ["complete inputs", {}, []],
  ["unknown and secret inputs", { accountName: UNKNOWN, sku: { name: UNKNOWN }, resourceGroupName: secret("rg") }, []],
  ["a short name", { accountName: "a" }, ["'accountName' is too short (1): at least 2 characters required"]],
  ["a long name", { accountName: "a".repeat(65) }, ["'accountName' is too long (65): at most 64 characters allowed"]],
  [
    "a name with a blank",
    { accountName: "two words" },
    ["'accountName' does not match expression '^[a-zA-Z0-9][a-zA-Z0-9_.-]*$'"],
  ],
  [
    "an empty group",
    { resourceGroupName: "" },
    ["'resourceGroupName' is too short (0): at least 1 characters required"],
  ],
  ["no group", { resourceGroupName: null }, ["missing required property 'resourceGroupName'"]],
  ["a sku without a name", { sku: { capacity: 1 } }, ["missing required property 'sku.name'"]],
  ["a broken capacity", { sku: { name: "S0", capacity: 1.5 } }, ["'sku.capacity' must be an integer but got 1.5"]],
  [
    "a capacity as text",
    { sku: { name: "S0", capacity: "1" } },
    ["'sku.capacity' should be of type 'integer' but got a string"],
  ],
  ["a tag that is no text", { tags: { cost: 5 } }, ["'tags.cost' should be of type 'string' but got a number"]],
  ["tags as a list", { tags: ["a"] }, ["'tags' should be of type 'object' but got an array"]],
  [
    "a rule in a list",
    { properties: { networkAcls: { ipRules: [{ value: "1.1.1.1" }, {}] } } },
    ["missing required property 'properties.networkAcls.ipRules[1].value'"],
  ],
])("account with %s", (_, change, expected) =>
  expect(inputFailures(account, { ...good, ...change })).toEqual(expected),
);

it("names every missing property of the other types", () => {
  expect(inputFailures(deployment, {})).toEqual([
    "missing required property 'accountName'",
    "missing required property 'resourceGroupName'",
  ]);
  expect(inputFailures(roleAssignment, { roleAssignmentName: "n" })).toEqual([
    "missing required property 'principalId'",
    "missing required property 'roleDefinitionId'",
    "missing required property 'scope'",
  ]);
});
