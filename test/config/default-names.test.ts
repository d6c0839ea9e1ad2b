import { describe, expect, it } from "@jest/globals";
import {
  defaultAccountName,
  defaultDeploymentName,
  subdomainOf,
  type AccountIdentity,
} from "../../config/default-names";
import fc from "fast-check";

const identity: AccountIdentity = {
  subscriptionId: "00000000-0000-0000-0000-00000000000A",
  resourceGroupName: "ResourceGroup1",
  location: "northcentralus",
  project: "azure-openai-finetune",
  stack: "dev",
};

describe("defaultAccountName", () => {
  it("is pinned: another name would be another account", () => {
    expect(defaultAccountName(identity)).toBe("AzureOpenAI-Finetunee25b008c");
  });

  it.each(["subscriptionId", "resourceGroupName", "location", "project", "stack"] as const)("depends on %s", (part) => {
    expect(defaultAccountName({ ...identity, [part]: "other" })).not.toBe(defaultAccountName(identity));
  });

  it("does not depend on the case of what Azure compares without case", () => {
    const lower = {
      ...identity,
      subscriptionId: identity.subscriptionId.toLowerCase(),
      resourceGroupName: "RESOURCEGROUP1",
    };
    expect(defaultAccountName(lower)).toBe(defaultAccountName(identity));
  });

  it("and its subdomain are valid for Azure, whatever the parts", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (project, stack) => {
        const name = defaultAccountName({ ...identity, project, stack });
        expect(name).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/);
        expect(subdomainOf(name)).toMatch(/^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/);
      }),
    );
  });
});

it.each([
  ["AzureOpenAI-Finetune21", "azureopenai-finetune21"],
  ["My.Account_1", "my-account-1"],
  ["ends-with_", "ends-with"],
])("the subdomain of %s is %s", (name, subdomain) => {
  expect(subdomainOf(name)).toBe(subdomain);
});

it.each([
  ["gpt-4o-mini-2024-07-18", "gpt-4o-mini-2024-07-18-ft"],
  [`gpt-4o-mini-2024-07-18.ft-${"0a".repeat(16)}-tutor`, "gpt-4o-mini-2024-07-18-ft"],
])("the deployment of a model tuned from %s is named %s", (model, name) => {
  expect(defaultDeploymentName(model)).toBe(name);
});
