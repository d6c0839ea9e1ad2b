import { expect, it } from "@jest/globals";
import { plannedCreates, unlistedLines } from "../../../stack/recovery/report-unlisted";
import type { EngineEvent } from "../../../stack/up-events";

const urn = (type: string, name: string) => `urn:pulumi:dev::p::${type}::${name}`;
const [ACCOUNT, DEPLOYMENT, ROLE] = [
  "azure-native:cognitiveservices:Account",
  "azure-native:cognitiveservices:Deployment",
  "azure-native:authorization:RoleAssignment",
];
const account = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/acc";

it("what a preview would create in Resource Manager is looked up, and nothing else", () => {
  const event = (op: string, type: string, inputs = {}): EngineEvent => ({
    resourcePreEvent: { metadata: { op, type, urn: urn(type, "x"), new: { inputs } } },
  });
  const events = [
    event("create", ROLE, { scope: "/s" }),
    event("same", ACCOUNT),
    event("create", "pulumi-nodejs:dynamic/finetune:FineTuningJob"),
  ];
  expect(plannedCreates(events)).toEqual([{ urn: urn(ROLE, "x"), type: ROLE, inputs: { scope: "/s" } }]);
});

it("what exists is listed with the commands that delete it", () => {
  const existing = [
    { resource: { type: DEPLOYMENT, urn: urn(DEPLOYMENT, "serving") }, id: `${account}/deployments/ft` },
    {
      resource: { type: ROLE, urn: urn(ROLE, "user") },
      id: `${account}/providers/Microsoft.Authorization/roleAssignments/r`,
    },
  ];
  const lines = unlistedLines(existing);
  expect(lines).toContain(`  serving: ${account}/deployments/ft`);
  expect(lines.slice(-2)).toEqual([
    "  az cognitiveservices account deployment delete --resource-group rg --name acc --deployment-name ft",
    `  az role assignment delete --ids ${account}/providers/Microsoft.Authorization/roleAssignments/r`,
  ]);
});

it("no command deletes an account, and with it the model that was paid for", () => {
  const lines = unlistedLines([{ resource: { type: ACCOUNT, urn: urn(ACCOUNT, "openai") }, id: account }]).join("\n");
  expect(lines).toMatch(/Do not delete the account .* older copy of the state .* `account\.name`/);
  expect(lines).not.toMatch(/^ +az /m);
});

it("nothing is to be done where nothing exists", () => {
  expect(unlistedLines([])).toEqual(["None of the resources that the next up would create exists in Azure yet."]);
});
