import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accountKeysHandler } from "../../../dynamic-providers/account-keys/handler";
import type { AccountKeysInputs, AccountKeysState } from "../../../dynamic-providers/account-keys/schema";
import { rehearse, type Rehearsal } from "../../support/rehearsal";

// Keys of an account that others use, too (`account.existing`, `keys.rotateExisting`): who may read and rotate them, and what others keep.
const role = {
  openAiContributor: "a001fd3d-188f-4b5d-821b-7da978bf7442",
  user: "a97b65f3-24c7-4388-baec-2e87135dc908",
  contributor: "25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68",
};

let rehearsal: Rehearsal;
let inputs: AccountKeysInputs;
beforeEach(async () => {
  rehearsal = await rehearse();
  inputs = { accountId: rehearsal.accountId, location: rehearsal.location, rotation: 0 };
});
afterEach(() => rehearsal.close());

const as = (...roles: string[]) =>
  accountKeysHandler(rehearsal.newProcess({ client: rehearsal.service.addClient({ displayName: "runs it", roles }) }));
const stored = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T;
const reasons = ({ failures }: { failures: { reason: string }[] }) => failures.map(({ reason }) => reason).join("\n");
const regenerated = () => rehearsal.proxy.count("POST", /regenerateKey/i);

/** What an `up` does: check, diff, then create or update, each through the engine's state. */
async function up(handler: ReturnType<typeof as>, rotation: number, olds?: AccountKeysState) {
  const { inputs: news, failures } = await handler.check(olds, stored({ ...inputs, rotation }));
  expect(failures).toEqual([]);
  if (!olds) return stored((await handler.create(stored(news))).outs);
  const { changes } = await handler.diff("keys", olds, stored(news));
  return changes ? stored((await handler.update("keys", olds, stored(news))).outs) : olds;
}

describe("a preview", () => {
  it("says who may rotate, before anything is written, and only where a key is to be rotated", async () => {
    const reader = as(role.openAiContributor, role.user);
    const first = await up(reader, 0);
    const said = reasons(await reader.check(first, { ...inputs, rotation: 1 }));
    expect(said).toMatch(
      /^The signed-in identity cannot regenerate keys \(keys\.rotation\) in the account Tuning: it needs the Cognitive Services Contributor role on it/,
    );
    expect(said).toContain(`--role 'Cognitive Services Contributor' --scope ${rehearsal.accountId}`);
    expect(reasons(await reader.check(first, inputs))).toBe("");
    expect(reasons(await as(role.contributor).check(first, { ...inputs, rotation: 1 }))).toBe("");
    expect(regenerated()).toBe(0);
  });

  it("says who may read them where they are wanted of an account that is used already", async () => {
    expect(reasons(await as(role.openAiContributor).check({}, inputs))).toMatch(
      /^The signed-in identity cannot read the keys \(localAuth: true\) in the account Tuning: .+ Cognitive Services User/,
    );
    expect(reasons(await as(role.user).check({}, inputs))).toBe("");
  });

  it.each([403, 404, 503])("says nothing where nobody may ask (%d)", async (status) => {
    rehearsal.proxy.disturb("GET", /permissions/, { status, code: "AuthorizationFailed" }, 99);
    expect(reasons(await as(role.openAiContributor).check({}, inputs))).toBe("");
  });
});

describe("two stacks on one account", () => {
  it("rotate in turn: the key that a stack hands out stays valid until its second rotation from then", async () => {
    const [one, two] = [as(role.contributor), as(role.contributor)];
    const mine = await up(one, 0);
    const theirs = await up(two, 0);
    const rotated = await up(one, 1, mine);
    expect(rehearsal.account.keys[0]).toBe(theirs.primary);
    expect(rehearsal.account.keys[1]).toBe(rotated.primary);
    const { props } = await two.read("keys", theirs);
    expect(props).toMatchObject({ primary: theirs.primary, secondary: rotated.primary });
    expect(regenerated()).toBe(1);
  });

  it("the one that no longer wants keys, or is destroyed, regenerates none", async () => {
    const handler = as(role.contributor);
    const state = await up(handler, 1);
    const keys = [...rehearsal.account.keys];
    expect(await up(handler, 0, state)).toEqual(state);
    await handler.delete();
    expect(rehearsal.account.keys).toEqual(keys);
    expect(regenerated()).toBe(0);
  });

  it("an `up` that dies after the regeneration hands out the key of the next one, and the key in use stays", async () => {
    const handler = as(role.contributor);
    const first = await up(handler, 0);
    rehearsal.proxy.disturb("POST", /listKeys/i, { status: 400, code: "Broken" });
    await expect(handler.update("keys", first, { ...inputs, rotation: 1 })).rejects.toThrow(/Listing the keys/);
    const second = await up(as(role.contributor), 1, first);
    expect(second).toMatchObject({ inUse: "Key2", secondary: first.primary, primary: rehearsal.account.keys[1] });
    expect(rehearsal.account.keys[0]).toBe(first.primary);
  });
});
