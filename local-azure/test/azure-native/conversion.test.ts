import { describe, expect, it } from "@jest/globals";
import { inputsFromOutputs, outputsOf, requestBody } from "../../src/azure-native/conversion";
import { account } from "../../src/azure-native/resource-types/account";
import { deployment } from "../../src/azure-native/resource-types/deployment";
import { roleAssignment } from "../../src/azure-native/resource-types/role-assignment";

const accountInputs = {
  accountName: "acct",
  resourceGroupName: "rg",
  kind: "OpenAI",
  location: "swedencentral",
  sku: { name: "S0" },
  identity: { type: "SystemAssigned, UserAssigned", userAssignedIdentities: ["/u1", "/u2"] },
  properties: { customSubDomainName: "acct", restore: true, networkAcls: { ipRules: [{ value: "1.2.3.4" }] } },
  tags: { a: "1" },
};

describe("requestBody", () => {
  it("sends what the program sets, without path parameters, identities as an object", () => {
    expect(requestBody(account.body, accountInputs)).toEqual({
      kind: "OpenAI",
      location: "swedencentral",
      sku: { name: "S0" },
      identity: { type: "SystemAssigned, UserAssigned", userAssignedIdentities: { "/u1": {}, "/u2": {} } },
      properties: { customSubDomainName: "acct", restore: true, networkAcls: { ipRules: [{ value: "1.2.3.4" }] } },
      tags: { a: "1" },
    });
  });

  it("sends no properties for an account without them, but always for a role assignment", () => {
    expect(requestBody(account.body, { kind: "OpenAI" })).toEqual({ kind: "OpenAI" });
    expect(requestBody(roleAssignment.body, { scope: "/s", principalId: "p", roleDefinitionId: "r" })).toEqual({
      properties: { principalId: "p", roleDefinitionId: "r" },
    });
  });
});

describe("outputsOf", () => {
  it("keeps what the SDK knows and drops the rest, at any depth", () => {
    const answer = {
      id: "/x",
      name: "d",
      surprise: 1,
      properties: { model: { name: "gpt-4o", surprise: 2 }, provisioningState: "Succeeded", surprise: 3 },
    };
    expect(outputsOf(deployment.body, answer)).toEqual({
      name: "d",
      properties: { model: { name: "gpt-4o" }, provisioningState: "Succeeded" },
    });
  });

  it("flattens a role assignment", () => {
    const answer = { id: "/x", name: "n", type: "T", properties: { scope: "/s", principalId: "p", createdOn: "2026" } };
    expect(outputsOf(roleAssignment.body, answer)).toEqual({
      name: "n",
      type: "T",
      scope: "/s",
      principalId: "p",
      createdOn: "2026",
    });
  });
});

describe("inputsFromOutputs", () => {
  it("gives back what was PUT, without what only ARM says", () => {
    const { accountName: _a, resourceGroupName: _r, ...body } = accountInputs;
    const { restore: _, ...properties } = body.properties;
    const sent = requestBody(account.body, accountInputs);
    const answer = {
      ...sent,
      name: "acct",
      etag: "1",
      properties: { ...properties, endpoint: "https://e/", provisioningState: "Succeeded" },
      identity: {
        type: body.identity.type,
        principalId: "p",
        userAssignedIdentities: { "/u2": { clientId: "c" }, "/u1": {} },
      },
    };
    expect(inputsFromOutputs(account.body, outputsOf(account.body, answer))).toEqual({ ...body, properties });
  });

  it("leaves out a role assignment's scope, which is no part of its body", () => {
    expect(inputsFromOutputs(roleAssignment.body, { scope: "/s", principalId: "p", name: "n" })).toEqual({
      principalId: "p",
    });
  });
});
