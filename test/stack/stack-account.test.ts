import { expect, it } from "@jest/globals";
import { stackAccount } from "../../stack/stack-account";
import type { StackExport } from "../../stack/stack-state";

const state = (type: string, inputs: object, outputs: object) =>
  ({ deployment: { resources: [{ urn: "u", type, id: "/a/b", inputs, outputs }] } }) as unknown as StackExport;
const endpoint = "https://team.openai.azure.com/";

it("knows the stack's own account", () => {
  const inputs = { accountName: "Team", resourceGroupName: "RG", location: "westus" };
  const outputs = { name: "Team", location: "westus", properties: { endpoint, disableLocalAuth: true } };
  expect(stackAccount(state("azure-native:cognitiveservices:Account", inputs, outputs))).toEqual({
    ...{ id: "/a/b", name: "Team", resourceGroupName: "RG", location: "westus", endpoint },
    ...{ keyless: true, existing: false },
  });
});

it("knows an existing account", () => {
  const inputs = { accountName: "Team", resourceGroupName: "RG", location: "westus" };
  const outputs = { ...inputs, properties: { endpoint, disableLocalAuth: false } };
  expect(stackAccount(state("pulumi-nodejs:dynamic/finetune:ExistingAccount", inputs, outputs))).toEqual({
    ...{ id: "/a/b", name: "Team", resourceGroupName: "RG", location: "westus", endpoint },
    ...{ keyless: false, existing: true },
  });
});

it("knows none where there is none", () => {
  expect(stackAccount({ deployment: {} })).toBeUndefined();
});
