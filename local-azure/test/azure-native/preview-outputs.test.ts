import { expect, it } from "@jest/globals";
import { previewOutputs } from "../../src/azure-native/preview-outputs";
import { account } from "../../src/azure-native/resource-types/account";
import { roleAssignment } from "../../src/azure-native/resource-types/role-assignment";
import { isObject, secret, UNKNOWN } from "../../src/azure-native/values";

it("shows inputs as outputs and everything else that ARM answers as unknown", () => {
  const outputs = previewOutputs(account.body, {
    accountName: "acct",
    sku: { name: "S0" },
    tags: { a: secret("1") },
    properties: { disableLocalAuth: true, restore: true },
  });
  expect(outputs).toMatchObject({
    sku: { name: "S0", tier: UNKNOWN },
    tags: { a: secret("1") },
    name: UNKNOWN,
    location: UNKNOWN,
    properties: { disableLocalAuth: true, endpoint: UNKNOWN },
  });
  expect(outputs).not.toHaveProperty("accountName");
  expect(isObject(outputs.properties) && "restore" in outputs.properties).toBe(false);
});

it("keeps name and location of the resource that is updated", () => {
  const outputs = previewOutputs(account.body, { tags: { a: "2" } }, { name: "acct", location: "eastus", etag: "1" });
  expect(outputs).toMatchObject({ name: "acct", location: "eastus", etag: UNKNOWN });
});

it("hands unknown inputs on, inside secrets too", () => {
  const outputs = previewOutputs(roleAssignment.body, { principalId: UNKNOWN, roleDefinitionId: secret(UNKNOWN) });
  expect(outputs).toMatchObject({ principalId: UNKNOWN, roleDefinitionId: secret(UNKNOWN), scope: UNKNOWN });
});
