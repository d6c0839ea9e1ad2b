import { describe, expect, it } from "@jest/globals";
import { RoleAssignments, type RoleAssignmentsArgs } from "../../components/role-assignments";
import { mockProgram, settled } from "../support/mocked-program";

const accountPath = "/subscriptions/sub-1/resourceGroups/RG/providers/Microsoft.CognitiveServices/accounts/acct";
const args: RoleAssignmentsArgs = {
  account: { subscriptionId: "sub-1", accountId: accountPath, path: accountPath },
  stack: "dev",
  principals: [{ id: "11111111-2222-3333-4444-555555555555", type: "ServicePrincipal" }],
  defaulted: true,
};

async function assigned(changes: Partial<RoleAssignmentsArgs> = {}) {
  const program = await mockProgram();
  new RoleAssignments("roles", { ...args, ...changes });
  await settled();
  return program.registered
    .filter(({ type }) => type === "azure-native:authorization:RoleAssignment")
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Role definitions by GUID, as Azure documents them for every tenant. */
const roleIds = {
  "Cognitive Services Contributor": "25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68",
  "Cognitive Services OpenAI Contributor": "a001fd3d-188f-4b5d-821b-7da978bf7442",
  "Cognitive Services OpenAI User": "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
  "Cognitive Services Usages Reader": "bba48692-92b0-4667-a9ad-c31c7b334ac2",
};
const definition = (id: string) => `/subscriptions/sub-1/providers/Microsoft.Authorization/roleDefinitions/${id}`;

describe("RoleAssignments", () => {
  it("gives three roles on the account and the reader of quotas on the subscription", async () => {
    const roles = await assigned();
    expect(roles.map(({ name, inputs }) => [name, inputs["scope"], inputs["roleDefinitionId"]])).toEqual([
      ["roles-cognitive-services-contributor", accountPath, definition(roleIds["Cognitive Services Contributor"])],
      ["roles-openai-contributor", accountPath, definition(roleIds["Cognitive Services OpenAI Contributor"])],
      ["roles-openai-user", accountPath, definition(roleIds["Cognitive Services OpenAI User"])],
      ["roles-usages-reader", "/subscriptions/sub-1", definition(roleIds["Cognitive Services Usages Reader"])],
    ]);
    expect(new Set(roles.map(({ inputs }) => inputs["principalType"]))).toEqual(new Set(["ServicePrincipal"]));
  });

  it("gives Foundry User, too, where the stack has a project in the account", async () => {
    const roles = await assigned({ account: { ...args.account, project: "tutor" } });
    expect(roles).toHaveLength(5);
    expect(roles.find(({ name }) => name === "roles-foundry-user")!.inputs).toMatchObject({
      scope: accountPath,
      roleDefinitionId: definition("53ca6127-db72-4b80-b1b0-d745d6d5456d"),
    });
  });

  it("usagesReader false leaves the subscription alone", async () => {
    const roles = await assigned({ usagesReader: false });
    expect(roles.map(({ inputs }) => inputs["scope"])).toEqual([accountPath, accountPath, accountPath]);
  });

  it("names are the same for the same scope, role, principal and stack, and differ in each of them", async () => {
    const names = async (changes: Partial<RoleAssignmentsArgs>) =>
      (await assigned(changes)).map(({ inputs }) => inputs["roleAssignmentName"]);
    const base = await names({});
    expect(await names({ account: { ...args.account, path: accountPath.toUpperCase() } })).toEqual(base);
    const variants = [
      base,
      await names({ stack: "prod" }),
      await names({ account: { subscriptionId: "sub-2", accountId: accountPath, path: `${accountPath}2` } }),
      await names({ principals: [{ id: "99999999-2222-3333-4444-555555555555", type: "User" }] }),
    ].flat();
    expect(new Set(variants).size).toBe(16);
  });

  it("several principals each get all roles, under names of their own", async () => {
    const roles = await assigned({
      defaulted: false,
      principals: [
        { id: "aaaaaaaa-2222-3333-4444-555555555555", type: "Group" },
        { id: "bbbbbbbb-2222-3333-4444-555555555555", type: "User" },
      ],
    });
    expect(roles).toHaveLength(8);
    expect(roles.map(({ name }) => name)).toContain("roles-openai-user-bbbbbbbb");
  });
});
