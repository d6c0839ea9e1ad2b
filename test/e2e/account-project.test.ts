import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { resourcesOfType } from "../../stack/stack-state";
import { pace } from "../crash/reference";
import { cognitiveServicesClient } from "./azure-clients";
import { Checkout } from "./checkout";
import { accountName } from "./settings/deployed";
import { GROUP } from "./shared-account";

// A Foundry account with a project. Each test takes up where the one before ended.
let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open(pace);
  checkout.configure({ "account.kind": "AIServices" });
  await succeeds("up", "--yes", "--skip-preview");
});
afterAll(() => checkout.close());

const projects = () => cognitiveServicesClient(checkout.cloud).projects;

async function succeeds(...args: string[]): Promise<string> {
  const result = await checkout.pulumi(...args);
  expect(result).toSucceed();
  return result.output;
}

it("account.project: a preview creates it and the role for its address alone, and up does what the preview says", async () => {
  checkout.configure({ "account.project": "tutor" });
  const preview = await succeeds("preview");
  expect(preview).toMatch(/\+ 2 to create/);
  expect(preview).not.toMatch(/to (replace|delete)/);
  expect(await succeeds("up", "--yes", "--skip-preview")).toMatch(/\+ 2 created/);
  await expect(projects().get(GROUP, await accountName(checkout), "tutor")).resolves.toMatchObject({
    identity: { type: "SystemAssigned" },
    properties: { displayName: "tutor", isDefault: true },
  });
  const [stack] = resourcesOfType(await checkout.stackState(), "pulumi:pulumi:Stack");
  expect(stack!.outputs).toMatchObject({ AZURE_AI_PROJECT_ENDPOINT: expect.stringMatching(/\/api\/projects\/tutor$/) });
  await expect(checkout.counters()).resolves.toMatchObject({ jobsEverCreated: 1, deployments: 1 });
  await succeeds("preview", "--expect-no-changes");
});

it("the probe, which refuses a destroy, is deleted before the project: it depends on it", async () => {
  const { resources = [] } = (await checkout.stackState()).deployment ?? {};
  const project = resources.find(({ type }) => type === "azure-native:cognitiveservices:Project")!;
  const probe = resources.find(({ type }) => type.endsWith(":ChatProbe"))!;
  expect(probe.outputs).toMatchObject({ project: "tutor" });
  expect(probe.dependencies).toContain(project.urn);
});

it("the model answers", async () => {
  const chat = await checkout.run("commands/chat", "What is artificial intelligence?", "--stack", "local");
  expect(chat).toSucceed();
  expect(chat.stdout).toMatch(/^Artificial intelligence/);
});

it("a destroy is refused first while the account has a project of others", async () => {
  const account = await accountName(checkout);
  await projects().beginCreateAndWait(GROUP, account, "search", {
    location: "northcentralus",
    identity: { type: "SystemAssigned" },
    properties: {},
  });
  const result = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect(result).toFail();
  expect(result.output).toMatch(
    /still has projects that do not belong to this stack: search\. Nothing has been deleted/,
  );
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 1, deployments: 1, files: 3 });
  await expect(projects().get(GROUP, account, "tutor")).resolves.toMatchObject({ properties: { isDefault: true } });
  await projects().beginDeleteAndWait(GROUP, account, "search");
});

it("destroy leaves nothing", async () => {
  await succeeds("destroy", "--yes", "--skip-preview");
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 0, deletedAccounts: 0, roleAssignments: 0 });
});
