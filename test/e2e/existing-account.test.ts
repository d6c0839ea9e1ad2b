import type { Deployment } from "@azure/arm-cognitiveservices";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { Checkout } from "./checkout";
import { ACCOUNT, GROUP, SharedAccount } from "./shared-account";

// Two stacks on an account that was there before them, with things of others in it. Each test takes up where the one before ended.
const PRODUCTION = "contoso-production";
let checkout: Checkout;
let shared: SharedAccount;
let before: Awaited<ReturnType<SharedAccount["content"]>>;
beforeAll(async () => {
  checkout = await Checkout.open({ deploymentSeconds: 2 });
  shared = await SharedAccount.open(checkout);
  before = await shared.content();
});
afterAll(() => checkout.close());

const settings = (name: string, more: object = {}) => ({
  account: { existing: true, name: ACCOUNT },
  training: { waitMinutes: 15 },
  probe: { maxTokens: 50, waitMinutes: 5 },
  deploy: { name },
  ...more,
});
const up = (stack: string) => shared.pulumi(stack, "up", "--yes", "--skip-preview", "--suppress-outputs");
const succeeds = async (run: Promise<{ code: number; stdout: string; stderr: string }>) => {
  const { code, stdout, stderr } = await run;
  if (code !== 0) throw new Error(`exit code ${code}: ${stdout}${stderr}`);
  return stdout + stderr;
};

/** A deployment of the first stack's model in another account, which belongs to no stack. @returns what deletes both again */
async function serveElsewhere(): Promise<() => Promise<void>> {
  const { accounts, deployments } = shared.accounts;
  const own = (await shared.content()).deployments.map((one) => JSON.parse(one) as Deployment);
  const { model } = own.find(({ name }) => name!.startsWith("tutor"))!.properties!;
  await accounts.beginCreateAndWait(GROUP, PRODUCTION, {
    ...{ kind: "OpenAI", sku: { name: "S0" }, location: "swedencentral" },
    properties: { customSubDomainName: PRODUCTION },
  });
  await deployments.beginCreateOrUpdateAndWait(GROUP, PRODUCTION, "tutor", {
    sku: { name: "Standard", capacity: 1 },
    properties: { model: { ...model, source: shared.id } },
  });
  return async () => {
    await deployments.beginDeleteAndWait(GROUP, PRODUCTION, "tutor");
    await accounts.beginDeleteAndWait(GROUP, PRODUCTION);
  };
}

it("without rights, a preview says which role, where, and the command that assigns it", async () => {
  await shared.createStack("one", settings("tutor"));
  const { code, stdout, stderr } = await shared.pulumi("one", "preview");
  expect({ code, stdout, stderr }).toFail();
  expect(stdout + stderr).toMatch(
    /cannot upload files and start fine-tuning jobs in the account team-openai: it needs the Cognitive Services OpenAI Contributor role/,
  );
  expect(stdout + stderr).toContain(`--role 'Cognitive Services OpenAI Contributor' --scope ${shared.id}`);
});

it("a name that exists is refused at preview where the stack would create its account", async () => {
  await shared.createStack("own", settings("tutor", { account: { name: ACCOUNT } }));
  const { code, stdout, stderr } = await shared.pulumi("own", "preview");
  expect({ code, stdout, stderr }).toFail();
  expect(stdout + stderr).toMatch(
    /account team-openai already exists in ResourceGroup1, and is not in this stack's state.+set account\.existing to true/,
  );
});

it("two stacks are made at the same time, each with its own model, and nothing of the account changes", async () => {
  await shared.createStack("two", settings("critic", { seed: 7 }));
  await shared.assignRole();
  await succeeds(shared.pulumi("one", "preview"));
  const runs = [up("one"), up("two")];
  await Promise.all(runs);
  const said = await Promise.all(runs.map(succeeds));
  expect(said.join()).not.toMatch(/RequestConflict/);
  const { account, deployments, files, jobs } = await shared.content();
  expect(account).toBe(before.account);
  expect(deployments).toEqual(expect.arrayContaining(before.deployments));
  expect(files).toEqual(expect.arrayContaining(before.files));
  expect([deployments.length, jobs.length]).toEqual([3, 2]);
  for (const stack of ["one", "two"]) await succeeds(shared.pulumi(stack, "preview", "--expect-no-changes"));
});

it.each<[string, object, RegExp]>([
  [
    "account.existing",
    { account: { name: ACCOUNT }, roles: { manage: false } },
    /account\.existing is not true, but this stack uses the existing account team-openai.+Nothing has been changed/,
  ],
  [
    "account.existing, with another account.name",
    { account: { name: "of-its-own" }, roles: { manage: false } },
    /account\.existing is not true, but this stack uses the existing account team-openai.+Nothing has been changed/,
  ],
  [
    "account.resourceGroupName",
    { account: { existing: true, name: ACCOUNT, resourceGroupName: "Elsewhere" } },
    /there is no account "team-openai" in the resource group "Elsewhere"/,
  ],
  ["keys.rotateExisting", { localAuth: true, keys: { rotation: 1 } }, /set keys\.rotateExisting to true/],
  [
    "location",
    { location: "swedencentral" },
    /location is "swedencentral", but the existing account .+ northcentralus/,
  ],
])("a wrong %s stops the preview, and up before it writes anything", async (_setting, more, reason) => {
  const content = await shared.content();
  shared.configure("two", settings("critic", { seed: 7, ...more }));
  for (const { code, stdout, stderr } of await Promise.all([shared.pulumi("two", "preview"), up("two")])) {
    expect({ code, stdout, stderr }).toFail();
    expect(stdout + stderr).toMatch(reason);
    expect(stdout + stderr).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  }
  expect(await shared.content()).toEqual(content);
  shared.configure("two", settings("critic", { seed: 7 }));
});

it("the destroy of one stops before its first delete while another account serves its model", async () => {
  const content = await shared.content();
  const remove = await serveElsewhere();
  const { code, stdout, stderr } = await shared.pulumi("one", "destroy", "--yes", "--skip-preview");
  expect({ code, stdout, stderr }).toFail();
  expect(stdout + stderr).toMatch(
    /ft-\w+ as tutor in the account contoso-production \(resource group ResourceGroup1\)/,
  );
  expect(stdout + stderr).toContain("Nothing has been deleted.");
  expect(await shared.content()).toEqual(content);
  await remove();
});

it("the destroy of one leaves the other answering", async () => {
  const said = await succeeds(shared.pulumi("one", "destroy", "--yes", "--skip-preview"));
  expect(said).toMatch(
    /team-openai in ResourceGroup1 existed before this stack and was not changed; nothing from this stack is left in it/,
  );
  await succeeds(shared.pulumi("two", "preview", "--refresh", "--expect-no-changes"));
  const { deployments } = await shared.content();
  const critic = deployments.map((one) => JSON.parse(one) as { name: string }).find(({ name }) => name !== "search")!;
  const openai = await shared.openai();
  const { choices } = await openai.chat.completions.create({
    model: critic.name,
    messages: [{ role: "user", content: "What is artificial intelligence?" }],
  });
  expect(choices[0]!.message.content).toMatch(/intelligence/i);
});

it("after the destroy of both, the account is byte for byte what it was", async () => {
  await succeeds(shared.pulumi("two", "destroy", "--yes", "--skip-preview"));
  expect(await shared.content()).toEqual(before);
});
