import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accountPurgeHandler } from "../../../dynamic-providers/account-purge/handler";
import type { AccountPurgeInputs } from "../../../dynamic-providers/account-purge/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { rehearse, type Rehearsal } from "../../support/rehearsal";
import type { Fault } from "../../support/fault-proxy";

let rehearsal: Rehearsal;
let inputs: AccountPurgeInputs;
beforeEach(async () => {
  rehearsal = await rehearse({ settings: { purgeSeconds: 4 } });
  const { resourceGroup: resourceGroupName, name: accountName, location } = rehearsal.account;
  inputs = { subscriptionId: rehearsal.service.subscriptionId, resourceGroupName, accountName, location };
});
afterEach(() => rehearsal.close());

const handlerOf = (process = rehearsal.newProcess()) => accountPurgeHandler(process);
const deleted = () => rehearsal.service.world.state.deletedAccounts;
const PURGE = /\/deletedAccounts\//i;
/** `az` would address Azure itself. */
const HELD =
  /^The account name Tuning is held by a soft-deleted account until 2026-11-24 \d\d:\d\d UTC\. To continue, set another `account\.name`, or delete the folder `\.local` (?!.*\baz\b)/;
const lastLine = () => rehearsal.lines.at(-1);

describe("check", () => {
  it.each<[string, Partial<AccountPurgeInputs>, string[]]>([
    ["nothing", {}, []],
    ["another spelling", { location: "North Central US", resourceGroupName: "RESOURCEGROUP1" }, []],
    ["another name elsewhere", { accountName: "Other", location: "westus" }, []],
    ["unknown values", { location: UNKNOWN, resourceGroupName: UNKNOWN }, []],
    ["another region", { location: "westus" }, ["location"]],
    ["another group", { resourceGroupName: "Other" }, ["resourceGroupName"]],
  ])("%s", async (_name, more, properties) => {
    const { failures } = await handlerOf().check(inputs, { ...inputs, ...more });
    expect(failures.map(({ property }) => property)).toEqual(properties);
    for (const { reason } of failures) {
      expect(reason).toMatch(
        /can't move to .+ without a new name\. Set another `account.name`, or run `pulumi destroy` first/,
      );
    }
  });

  it("has nothing against a first account", async () => {
    expect((await handlerOf().check({}, inputs)).failures).toEqual([]);
  });

  it.each<[string, Partial<AccountPurgeInputs>]>([
    ["a new stack", {}],
    ["another account.name", { accountName: "Other" }],
  ])("tells %s at preview that a soft-deleted account holds the name", async (_what, olds) => {
    await rehearsal.deleteAccount();
    const { failures } = await handlerOf().check(olds, inputs);
    expect(failures).toEqual([{ property: "accountName", reason: expect.stringMatching(HELD) }]);
  });

  it.each<[string, Partial<AccountPurgeInputs>, number]>([
    ["an account that is in the stack", { accountName: "tuning" }, 0],
    ["an account that can't be asked about", {}, 403],
    ["a service that doesn't answer", {}, 503],
  ])("asks nothing or says nothing of %s", async (_what, olds, status) => {
    await rehearsal.deleteAccount();
    if (status > 0) rehearsal.proxy.disturb("GET", PURGE, { status }, 99);
    expect((await handlerOf().check(olds, inputs)).failures).toEqual([]);
  });
});

describe("create", () => {
  it("remembers when the stack began", async () => {
    const { id, outs } = await handlerOf().create(inputs);
    expect(id).toBe([inputs.subscriptionId, "ResourceGroup1", "Tuning", "northcentralus"].join("/"));
    expect(Date.parse(outs.createdAt)).toBe(rehearsal.clock.now());
  });

  it("says that the name is held, and the rehearsal's way out", async () => {
    await rehearsal.deleteAccount();
    await expect(handlerOf().create(inputs)).rejects.toThrow(HELD);
  });

  it("warns of an account that exists already, and names the ways out", async () => {
    await handlerOf().create(inputs);
    expect(lastLine()).toMatch(
      /warning: account Tuning already exists in ResourceGroup1, .+ set another `account\.name`, or use the state of the stack/,
    );
  });

  it("has nothing to say about a name that is free", async () => {
    await handlerOf().create({ ...inputs, accountName: "Free" });
    expect(rehearsal.lines).toEqual([]);
  });

  it("leaves it to the account's creation when it may not look", async () => {
    rehearsal.proxy.disturb("GET", PURGE, { status: 403, code: "AuthorizationFailed" });
    expect((await handlerOf().create(inputs)).outs.accountName).toBe("Tuning");
  });
});

describe("delete", () => {
  const began = async () => {
    const { id, outs } = await handlerOf().create(inputs);
    rehearsal.service.advance(3_600_000);
    return { id, outs };
  };

  it("purges the account that was deleted, and says that nothing is left", async () => {
    const { id, outs } = await began();
    await rehearsal.deleteAccount();
    await handlerOf().delete(id, outs);
    expect(deleted()).toEqual([]);
    expect(lastLine()).toBe("[account-purge] Tuning no longer exists; resource group ResourceGroup1 was kept");
  });

  it("can be repeated", async () => {
    const { id, outs } = await began();
    await rehearsal.deleteAccount();
    await handlerOf().delete(id, outs);
    await handlerOf().delete(id, outs);
    expect(lastLine()).toMatch(/Tuning no longer exists/);
  });

  it.each<Fault>([
    "cut before",
    "cut after",
    "truncate",
    { status: 409, code: "Conflict" },
    { status: 500 },
    { status: 503 },
    { status: 404 },
  ])("survives %j at the purge", async (fault) => {
    const { id, outs } = await began();
    await rehearsal.deleteAccount();
    rehearsal.proxy.disturb("DELETE", PURGE, fault, 2);
    await handlerOf().delete(id, outs);
    rehearsal.service.advance(10_000);
    expect(lastLine()).toMatch(/Tuning no longer exists/);
    await handlerOf().delete(id, outs);
    expect(deleted()).toEqual([]);
  });

  it("warns when the permission is missing, with its name and the date", async () => {
    const { id, outs } = await began();
    await rehearsal.deleteAccount();
    rehearsal.proxy.disturb("DELETE", PURGE, { status: 403, code: "AuthorizationFailed" }, 99);
    await handlerOf().delete(id, outs);
    const sentence =
      /the Microsoft\.CognitiveServices\/locations\/resourceGroups\/deletedAccounts\/delete permission on the subscription is missing\. Its name will be released on 2026-11-24 13:00 UTC/;
    expect(lastLine()).toMatch(sentence);
    expect(rehearsal.lines.filter((line) => sentence.test(line))).toHaveLength(1);
    expect(lastLine()).toMatch(/^\[account-purge\] left: the account Tuning was deleted but not purged/);
  });

  it.each([
    ["a disturbance", "DELETE", { status: 503 }],
    ["another operation", "GET", { status: 409, code: "RequestConflict" }],
  ] as const)("is not given up for %s: the next destroy purges", async (_what, method, fault) => {
    const { id, outs } = await began();
    await rehearsal.deleteAccount();
    rehearsal.proxy.disturb(method, PURGE, fault, fault.status === 503 ? 6 : 1);
    await expect(handlerOf().delete(id, outs)).rejects.toThrow(/has not been purged yet\. Run destroy again/);
    await handlerOf().delete(id, outs);
    expect(deleted()).toEqual([]);
    expect(lastLine()).toMatch(/Tuning no longer exists/);
  });

  it("warns of what doesn't pass, and never fails a destroy for it", async () => {
    const { id, outs } = await began();
    rehearsal.proxy.disturb("GET", PURGE, { status: 400, code: "Broken" }, 99);
    await handlerOf().delete(id, outs);
    expect(lastLine()).toMatch(/left: the purge failed: .*400 Broken/);
  });

  it("doesn't purge an account that was deleted before this stack began", async () => {
    await rehearsal.deleteAccount();
    rehearsal.service.advance(3_600_000);
    const createdAt = new Date(rehearsal.clock.now()).toISOString();
    await handlerOf().delete("", { ...inputs, stateVersion: 1, createdAt });
    expect(deleted()).toHaveLength(1);
    expect(lastLine()).toMatch(/predates this stack and was not purged/);
  });

  it("fails where the account still exists, and says how to go on", async () => {
    const { id, outs } = await began();
    await expect(handlerOf().delete(id, outs)).rejects.toThrow(
      /^The account Tuning still exists, although its deletion was reported as complete.+npm run recover.+account delete -n Tuning -g ResourceGroup1$/,
    );
  });

  it("tells what other resources left", async () => {
    const { id, outs } = await began();
    await rehearsal.deleteAccount();
    const down = rehearsal.newProcess();
    down.leftBehind.push("model gpt.ft-1");
    await handlerOf(down).delete(id, outs);
    expect(lastLine()).toBe("[account-purge] left: model gpt.ft-1");
  });

  const unpurged =
    /account Tuning was deleted but not purged, .+\. They will be permanently lost unless you restore the account by 2026-11-24 13:00 UTC .+ set another `account\.name`/;

  it("leaves an account restorable that holds what was kept", async () => {
    const { id, outs } = await began();
    await rehearsal.deleteAccount();
    const down = rehearsal.newProcess();
    down.kept.push("file file-1 (a.jsonl), kept by retain");
    await handlerOf(down).delete(id, outs);
    expect(deleted()).toHaveLength(1);
    expect(lastLine()).toMatch(/^\[account-purge\] left: file file-1 \(a\.jsonl\), kept by retain; account Tuning/);
    expect(lastLine()).toMatch(unpurged);
  });

  it("remembers that it is to keep, where an earlier destroy was cut off", async () => {
    const { id, outs } = await began();
    await rehearsal.deleteAccount();
    const kept = await handlerOf().update(id, outs, { ...inputs, keep: true });
    await handlerOf().delete(id, kept.outs);
    expect(deleted()).toHaveLength(1);
    expect(lastLine()).toMatch(unpurged);
  });

  it("keeps to say that the account is left where nobody deleted it", async () => {
    const { id, outs } = await began();
    await handlerOf().delete(id, { ...outs, keep: true });
    expect(lastLine()).toBe("[account-purge] left: the account Tuning, which still exists");
  });

  it("says no last line while the program goes on", async () => {
    const { id, outs } = await began();
    await rehearsal.deleteAccount();
    const up = handlerOf(rehearsal.newProcess());
    await up.check(inputs, inputs);
    await up.delete(id, outs);
    expect(deleted()).toEqual([]);
    expect(lastLine()).toMatch(/^purging 0 s · the deleted account Tuning/);
  });
});

it("update forgets a setting that was removed", async () => {
  const state = { ...inputs, stateVersion: 1 as const, createdAt: "2026-11-22T12:00:00Z", keep: true };
  expect((await handlerOf().update("", state, inputs)).outs).toEqual({
    ...inputs,
    stateVersion: 1,
    createdAt: state.createdAt,
  });
});

it("diff replaces on another account, and on nothing else", async () => {
  const state = { ...inputs, stateVersion: 1 as const, createdAt: "2026-11-22T12:00:00Z" };
  const diff = (more: Partial<AccountPurgeInputs>) => handlerOf().diff("", state, { ...inputs, ...more });
  expect(await diff({ location: "North Central US" })).toEqual({ changes: false, replaces: [] });
  expect(await diff({ accountName: "Other" })).toEqual({ changes: true, replaces: ["accountName"] });
  expect(await diff({ keep: false })).toEqual({ changes: false, replaces: [] });
  expect(await diff({ keep: true })).toEqual({ changes: true, replaces: [] });
  expect(await diff({ accountName: UNKNOWN, location: UNKNOWN })).toEqual({
    changes: true,
    replaces: ["accountName", "location"],
  });
});
