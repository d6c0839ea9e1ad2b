import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { resourcesOfType } from "../../stack/stack-state";
import { cognitiveServicesClient } from "./azure-clients";
import type { Checkout } from "./checkout";
import { deployed } from "./settings/deployed";

// Somebody deletes the account and somebody restores it, behind the stack's back. Each test takes up where the one before ended.
let checkout: Checkout;
let group: string;
let accountName: string;
beforeAll(async () => {
  checkout = await deployed();
  const { outputs } = resourcesOfType(await checkout.stackState(), "pulumi:pulumi:Stack")[0]!;
  [group, accountName] = [String(outputs?.resourceGroupName), String(outputs?.accountName)];
});
afterAll(() => checkout.close());

const up = () => checkout.pulumi("up", "--yes", "--skip-preview");
const recover = () => checkout.run("commands/recover");
const accounts = () => cognitiveServicesClient(checkout.cloud).accounts;
const SERVING = {
  accounts: 1,
  deletedAccounts: 0,
  deployments: 1,
  roleAssignments: 4,
  files: 3,
  jobs: 1,
  jobsEverCreated: 1,
};

/** Azure deletes no account with a deployment in it. */
async function deleteElsewhere(): Promise<void> {
  const { deployments } = cognitiveServicesClient(checkout.cloud);
  for await (const { name } of deployments.list(group, accountName))
    await deployments.beginDeleteAndWait(group, accountName, name!);
  await accounts().beginDeleteAndWait(group, accountName);
}

async function restore(): Promise<void> {
  const properties = { restore: true };
  await accounts().beginCreateAndWait(group, accountName, { location: "northcentralus", properties });
}

it("what a refresh has dropped after the deletion is taken back, and nothing is made or paid twice", async () => {
  await deleteElsewhere();
  expect(await checkout.pulumi("refresh", "--yes", "--skip-preview")).toSucceed();
  const blocked = await up();
  expect(blocked).toFail();
  expect(blocked.output).toMatch(/FlagMustBeSetForRestore/);
  await restore();
  const recovered = await recover();
  expect(recovered).toSucceed();
  expect(recovered.output).toMatch(/restored openai-account\./);
  expect(await up()).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject(SERVING);
  expect(resourcesOfType(await checkout.stackState(), "azure-native:cognitiveservices:Account")).toHaveLength(1);
  expect(await checkout.pulumi("preview", "--expect-no-changes")).toSucceed();
});

it("without a refresh in between, what the deletion took along is found gone and made again", async () => {
  await deleteElsewhere();
  await restore();
  const recovered = await recover();
  expect(recovered).toSucceed();
  expect(recovered.output).toMatch(/RoleAssignment .*: is listed in the state, but no longer exists/);
  expect(await up()).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject(SERVING);
});

it("a deployment that the state does not have any more is taken back", async () => {
  const [deployment] = resourcesOfType(await checkout.stackState(), "azure-native:cognitiveservices:Deployment");
  expect(await checkout.pulumi("state", "delete", deployment!.urn, "--target-dependents", "--yes")).toSucceed();
  const recovered = await recover();
  expect(recovered).toSucceed();
  expect(recovered.output).toMatch(/restored serving-deployment\./);
  expect(await up()).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject(SERVING);
});

it("half a state file: recover takes the copy beside it, and says so", async () => {
  const file = path.join(checkout.folder, ".local/pulumi-state/.pulumi/stacks/azure-openai-finetune/local.json");
  truncateSync(file, Math.floor(readFileSync(file).length / 2));
  const preview = await checkout.pulumi("preview");
  expect(preview).toFail();
  expect(preview.output).toContain("its state file is damaged");
  expect(preview.output).not.toMatch(/SyntaxError|\n\s+at /);
  const recovered = await recover();
  expect(recovered).toSucceed();
  expect(recovered.output).toContain(`was replaced by ${file}.bak`);
  // With what the destroy below is about.
  checkout.configure({ "retain.model": true });
  expect(await up()).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject(SERVING);
});

it("the start of a state file alone: recover names what exists without being in the state, and what to do", async () => {
  const folder = path.join(checkout.folder, ".local/pulumi-state/.pulumi");
  const file = path.join(folder, "stacks/azure-openai-finetune/local.json");
  const saved = path.join(checkout.folder, "saved");
  cpSync(folder, saved, { recursive: true });
  // Cut off behind the account: no role assignment and no deployment is left in any copy.
  const text = readFileSync(file, "utf8");
  const entry = text.indexOf('"type": "azure-native:authorization:RoleAssignment"');
  writeFileSync(file, text.slice(0, entry));
  for (const copies of ["history", "backups"]) rmSync(path.join(folder, copies), { recursive: true, force: true });
  for (const copy of [`${file}.bak`, `${file}.damaged`]) rmSync(copy, { force: true });
  const recovered = await recover();
  expect(recovered).toSucceed();
  expect(recovered.output).toMatch(/replaced by its first \d+ resources/);
  expect(recovered.output).toMatch(
    new RegExp(`under names the next up would use[^]*roles-[^]*az role assignment delete --ids /subscriptions/`),
  );
  expect(recovered.output).toContain(
    `az cognitiveservices account deployment delete --resource-group ${group} --name ${accountName}`,
  );
  await expect(checkout.counters()).resolves.toMatchObject(SERVING);
  rmSync(folder, { recursive: true });
  cpSync(saved, folder, { recursive: true });
});

it("of an account that destroy left restorable, the model is served again without a second job", async () => {
  expect(await checkout.pulumi("destroy", "--yes", "--skip-preview")).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({ accounts: 0, deletedAccounts: 1 });
  await restore();
  const recovered = await recover();
  expect(recovered).toSucceed();
  expect(recovered.output).toMatch(/restored openai-account/);
  checkout.configure({ "retain.model": false });
  expect(await up()).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({
    accounts: 1,
    deployments: 1,
    jobs: 1,
    jobsEverCreated: 1,
  });
});

it("destroy leaves nothing, and recover takes nothing of another account of that name", async () => {
  expect(await checkout.pulumi("destroy", "--yes", "--skip-preview")).toSucceed();
  const nothing = { accounts: 0, deletedAccounts: 0, deployments: 0, roleAssignments: 0, files: 0, jobs: 0 };
  await expect(checkout.counters()).resolves.toMatchObject(nothing);
  const properties = { customSubDomainName: "somebody-else" };
  const theirs = { location: "northcentralus", kind: "OpenAI", sku: { name: "S0" }, properties };
  await accounts().beginCreateAndWait(group, accountName, theirs);
  const recovered = await recover();
  expect(recovered).toSucceed();
  expect(recovered.output).toMatch(/is a different account with that name: created .* It was left unchanged/);
  expect((await checkout.stackState()).deployment.resources ?? []).toHaveLength(0);
});
