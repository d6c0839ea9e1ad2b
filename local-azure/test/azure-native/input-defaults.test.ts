import { describe, expect, it } from "@jest/globals";
import { CREATE_BEFORE_DELETE, withDefaults, type DefaultSources } from "../../src/azure-native/input-defaults";
import { account } from "../../src/azure-native/resource-types/account";
import { deployment } from "../../src/azure-native/resource-types/deployment";
import { roleAssignment } from "../../src/azure-native/resource-types/role-assignment";
import { secret, UNKNOWN } from "../../src/azure-native/values";

const sources: DefaultSources = {
  logicalName: "thing",
  resourceGroupLocation: (name) => Promise.resolve(name === "rg" ? "northcentralus" : undefined),
};

describe("names", () => {
  it("of an account: the logical name and 8 hex digits, marked for create before delete", async () => {
    const inputs = await withDefaults(account, {}, { resourceGroupName: "rg" }, sources);
    expect(inputs.accountName).toMatch(/^thing[0-9a-f]{8}$/);
    expect(inputs[CREATE_BEFORE_DELETE]).toBe(true);
  });

  it("of a role assignment: a random UUID", async () => {
    const inputs = await withDefaults(roleAssignment, {}, {}, sources);
    expect(inputs.roleAssignmentName).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("of a deployment: the logical name, which a replacement has to free first", async () => {
    const inputs = await withDefaults(deployment, {}, {}, sources);
    expect(inputs).toEqual({ deploymentName: "thing" });
  });

  it("stay once they are made up, and their mark with them", async () => {
    const first = await withDefaults(account, {}, { resourceGroupName: "rg" }, sources);
    expect(await withDefaults(account, first, { resourceGroupName: "rg" }, sources)).toEqual(first);
  });

  it("stay as given", async () => {
    const inputs = await withDefaults(account, { accountName: "old" }, { accountName: "mine", location: "x" }, sources);
    expect(inputs).toEqual({ accountName: "mine", location: "x" });
  });
});

describe("location", () => {
  const locationOf = async (olds: object, news: object, more: Partial<DefaultSources> = {}) =>
    (await withDefaults(account, { ...olds }, { accountName: "a", ...news }, { ...sources, ...more })).location;

  it.each([
    ["the earlier one first", { location: "eastus" }, { resourceGroupName: "rg" }, "westus", "eastus"],
    ["else the configured one", {}, { resourceGroupName: "rg" }, "westus", "westus"],
    ["else the resource group's", {}, { resourceGroupName: "rg" }, undefined, "northcentralus"],
    [
      "else the resource group's, also of a secret name",
      {},
      { resourceGroupName: secret("rg") },
      undefined,
      "northcentralus",
    ],
    ["unknown with an unknown resource group", {}, { resourceGroupName: UNKNOWN }, undefined, UNKNOWN],
    ["none when the resource group can't be looked up", {}, { resourceGroupName: "missing" }, undefined, undefined],
    ["the program's own always", { location: "eastus" }, { location: "francecentral" }, "westus", "francecentral"],
  ])("%s", async (_, olds, news, configuredLocation, expected) => {
    expect(await locationOf(olds, news, { configuredLocation })).toBe(expected);
  });

  it("is not given to a deployment", async () => {
    expect(
      await withDefaults(deployment, {}, { deploymentName: "d", resourceGroupName: "rg" }, sources),
    ).not.toHaveProperty("location");
  });
});
