import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accountPurgeHandler } from "../../../dynamic-providers/account-purge/handler";
import { existingAccountHandler } from "../../../dynamic-providers/existing-account/handler";
import type { ExistingAccountInputs, ExistingAccountState } from "../../../dynamic-providers/existing-account/schema";
import { rehearse, type Rehearsal } from "../../support/rehearsal";

const role = {
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  openAiUser: "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
  openAiContributor: "a001fd3d-188f-4b5d-821b-7da978bf7442",
  contributor: "25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68",
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
};

let rehearsal: Rehearsal;
let inputs: ExistingAccountInputs;
beforeEach(async () => {
  rehearsal = await rehearse();
  const { resourceGroup: resourceGroupName, name: accountName, location, kind } = rehearsal.account;
  inputs = {
    ...{ accountId: rehearsal.accountId, subscriptionId: rehearsal.service.subscriptionId },
    ...{ resourceGroupName, accountName, location, kind },
    properties: { disableLocalAuth: false },
    rolesManaged: false,
    readsKeys: false,
  };
});
afterEach(() => rehearsal.close());

const as = (...roles: string[]) =>
  existingAccountHandler(
    rehearsal.newProcess({ client: rehearsal.service.addClient({ displayName: "runs it", roles }) }),
  );
const reasons = ({ failures }: { failures: { reason: string }[] }) => failures.map(({ reason }) => reason).join();
const state = (): ExistingAccountState => ({ ...inputs, stateVersion: 1 });

describe("check of who runs it", () => {
  it.each<[string, string[], Partial<ExistingAccountInputs>, RegExp]>([
    ["may do all of it", [role.openAiContributor], {}, /^$/],
    [
      "may only look",
      [role.reader],
      {},
      /cannot deploy models, or upload files and start fine-tuning jobs in the account Tuning: it needs the Cognitive Services OpenAI Contributor role on it/,
    ],
    ["may only ask", [role.openAiUser], {}, /deploy models, or upload files/],
    ["may manage, but not train", [role.contributor], {}, /cannot upload files and start fine-tuning jobs in/],
    ["owns the subscription, which gives no right to train", [role.owner], {}, /cannot upload files/],
    ["assigns the roles itself", [role.owner], { rolesManaged: true }, /^$/],
    [
      "would assign roles and may not",
      [role.openAiContributor],
      { rolesManaged: true },
      /cannot assign roles \(roles\.manage: true\) .+ Role Based Access Control Administrator/,
    ],
    [
      "would read keys and may not",
      [role.openAiContributor],
      { readsKeys: true },
      /cannot read the keys \(localAuth: true\) .+ Cognitive Services User/,
    ],
    ["may read keys", [role.openAiContributor, role.contributor], { readsKeys: true }, /^$/],
  ])("%s", async (_who, roles, more, reason) => {
    expect(reasons(await as(...roles).check({}, { ...inputs, ...more }))).toMatch(reason);
  });

  it("names the command with who, what and where", async () => {
    const client = rehearsal.service.addClient({ displayName: "reader", roles: [role.reader] });
    const handler = existingAccountHandler(rehearsal.newProcess({ client }));
    expect(reasons(await handler.check({}, inputs)).split("\n")).toEqual([
      expect.stringMatching(
        /Ask someone who can assign roles there to run this \(it takes effect within about 10 minutes\):$/,
      ),
      `  az role assignment create --assignee ${client.objectId} --role 'Cognitive Services OpenAI Contributor' --scope ${rehearsal.accountId}`,
    ]);
  });

  it.each([403, 404, 503])("says nothing where nobody may ask (%d)", async (status) => {
    rehearsal.proxy.disturb("GET", /permissions/, { status, code: "AuthorizationFailed" }, 99);
    expect(reasons(await as(role.reader).check({}, inputs))).toBe("");
  });

  it("is not asked again while the account stays", async () => {
    await as(role.reader).check(inputs, inputs);
    expect(rehearsal.proxy.count("GET", /permissions/)).toBe(0);
  });
});

describe("going over", () => {
  const own = () => {
    const { subscriptionId, resourceGroupName, location } = inputs;
    return { subscriptionId, resourceGroupName, location, accountName: "own-account" };
  };
  it("from an account of the stack's own is refused, and nothing is asked", async () => {
    const { failures } = await as(role.openAiContributor).check(own(), inputs);
    expect(reasons({ failures })).toMatch(
      /this stack has its own account, own-account, which would be deleted .+ Nothing has been changed\. .+pulumi stack init.+ run destroy first/,
    );
    const same = { ...own(), accountName: "tuning" } as Partial<ExistingAccountInputs>;
    expect(reasons(await as(role.openAiContributor).check(same, inputs))).toMatch(
      /this stack created the account tuning/,
    );
  });

  it("to an account of the stack's own is refused", async () => {
    const handler = accountPurgeHandler(rehearsal.newProcess());
    expect(reasons(await handler.check(inputs as never, own()))).toMatch(
      /this stack uses the existing account Tuning\. .+train everything again.+Set account\.existing to true again/,
    );
  });
});

describe("diff", () => {
  it.each<[string, Partial<ExistingAccountInputs>, string[]]>([
    ["nothing", {}, []],
    ["another spelling", { location: "North Central US" }, []],
    ["what its owner changes", { kind: "AIServices", properties: { disableLocalAuth: true } }, []],
    ["another region", { location: "westus" }, ["location"]],
  ])("%s", async (_what, more, replaces) => {
    expect(await as().diff("", state(), { ...inputs, ...more })).toEqual({ changes: replaces.length > 0, replaces });
  });
});

it("reads whether it is there", async () => {
  const handler = as(role.reader);
  expect(await handler.read("id", state())).toEqual({ id: "id", props: state() });
  await rehearsal.deleteAccount();
  expect(await handler.read("id", state())).toEqual({});
});

it("a destroy ends with what is left in it, and never writes to it", async () => {
  const process = rehearsal.newProcess();
  const handler = existingAccountHandler(process);
  const { id, outs } = await handler.create(inputs);
  expect(id).toBe(inputs.accountId);
  await handler.delete(id, outs);
  process.kept.push("job ftjob-1 and its model (retain.model is set)");
  await handler.delete(id, outs);
  expect(rehearsal.lines).toEqual([
    "[account] Tuning in ResourceGroup1 existed before this stack and was not changed; nothing from this stack is left in it",
    "[account] Tuning in ResourceGroup1 existed before this stack and was not changed; still in it: job ftjob-1 and its model (retain.model is set)",
  ]);
  expect(rehearsal.proxy.seen.filter(({ method }) => method !== "GET")).toEqual([]);
});
