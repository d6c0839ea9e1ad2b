import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { inputChanges } from "../../src/azure-native/input-changes";
import { account } from "../../src/azure-native/resource-types/account";
import { deployment } from "../../src/azure-native/resource-types/deployment";
import { roleAssignment } from "../../src/azure-native/resource-types/role-assignment";
import type { ResourceType } from "../../src/azure-native/resource-type";
import { secret, UNKNOWN, type Properties } from "../../src/azure-native/values";

const kinds = (type: ResourceType, olds: Properties, news: Properties, outputs: Properties = {}) =>
  Object.fromEntries(
    [...inputChanges(type, olds, news, outputs).changes].map(([path, { operation, replace }]) => [
      path,
      replace ? `${operation} replace` : operation,
    ]),
  );

it.each<[string, ResourceType, Properties, Properties, Record<string, string>]>([
  ["nothing", account, { tags: { a: "1" } }, { tags: { a: "1" } }, {}],
  ["null for nothing", account, { tags: null }, {}, {}],
  [
    "a tag",
    account,
    { tags: { a: "1", b: "2" } },
    { tags: { a: "x", c: "3" } },
    { "tags.a": "update", "tags.b": "delete", "tags.c": "add" },
  ],
  [
    "a tag with a dot",
    account,
    { tags: { "cost.center": "1" } },
    { tags: { "cost.center": "2" } },
    { 'tags["cost.center"]': "update" },
  ],
  ["all tags", account, { tags: { a: "1" } }, {}, { tags: "delete" }],
  ["the name", account, { accountName: "a1" }, { accountName: "a2" }, { accountName: "update replace" }],
  [
    "the group",
    account,
    { resourceGroupName: "rg" },
    { resourceGroupName: "RG" },
    { resourceGroupName: "update replace" },
  ],
  ["the location", account, { location: "eastus" }, { location: "westus" }, { location: "update replace" }],
  ["the location's spelling", account, { location: "Sweden Central" }, { location: "swedencentral" }, {}],
  ["an unknown path", deployment, { accountName: "a" }, { accountName: UNKNOWN }, { accountName: "update replace" }],
  [
    "an unknown property",
    deployment,
    { properties: { model: { name: "m" } } },
    { properties: { model: { name: UNKNOWN } } },
    { "properties.model.name": "update" },
  ],
  ["sku", deployment, { sku: { capacity: 1 } }, { sku: { capacity: 2 } }, { "sku.capacity": "update" }],
  ["the principal", roleAssignment, { principalId: "p" }, { principalId: "q" }, { principalId: "update replace" }],
  ["the scope", roleAssignment, { scope: "/a" }, { scope: "/b" }, { scope: "update replace" }],
  ["the role", roleAssignment, { roleDefinitionId: "r" }, { roleDefinitionId: "s" }, { roleDefinitionId: "update" }],
  [
    "a list",
    account,
    { properties: { allowedFqdnList: ["a", "b"] } },
    { properties: { allowedFqdnList: ["a", "c", "d"] } },
    { "properties.allowedFqdnList[1]": "update", "properties.allowedFqdnList[2]": "add" },
  ],
  ["a secret's value", account, { tags: { a: secret("1") } }, { tags: { a: secret("2") } }, { "tags.a": "update" }],
  ["secrecy", account, { tags: { a: "1" } }, { tags: { a: secret("1") } }, { "tags.a": "update" }],
  ["inner marks", account, { __createBeforeDelete: true }, {}, {}],
])("%s", (_, type, olds, news, expected) => expect(kinds(type, olds, news)).toEqual(expected));

it("does not replace when a location is written down that the resource has", () => {
  expect(kinds(account, {}, { location: "East US" }, { location: "eastus" })).toEqual({ location: "add" });
  expect(kinds(account, {}, { location: "westus" }, { location: "eastus" })).toEqual({ location: "add replace" });
});

it.each([
  ["deletes first under a given name", { accountName: "a" }, true],
  ["creates first under a made-up name", { accountName: "a", __createBeforeDelete: true }, false],
])("%s", (_, olds, expected) => {
  expect(inputChanges(account, olds, { accountName: "b" }, {}).deleteBeforeReplace).toBe(expected);
});

it("finds no difference between equal inputs and always one between different ones", () => {
  const tags = fc.dictionary(fc.string(), fc.string());
  fc.assert(fc.property(tags, (a) => expect(kinds(account, { tags: a }, { tags: { ...a } })).toEqual({})));
  fc.assert(
    fc.property(tags, tags, (a, b) => {
      const isSame = JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
      expect(Object.keys(kinds(account, { tags: a }, { tags: b })).length === 0).toBe(isSame);
    }),
  );
});
