import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { accountTaken } from "../../../dynamic-providers/training-file/account-taken";
import { trainingFileHandler } from "../../../dynamic-providers/training-file/handler";
import type { TrainingFileInputs } from "../../../dynamic-providers/training-file/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { rehearse, type Rehearsal } from "../../support/rehearsal";

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await rehearse();
});
afterAll(() => rehearsal.close());

const TAKEN =
  /^The account Tuning already exists in ResourceGroup1, and is not in this stack's state.+ set account\.existing to true: .+ npm run recover\. Otherwise choose another account\.name\./;
const path = () => rehearsal.accountId;
const free = () => path().replace(/Tuning$/, "Free");

describe("an account that is to be created", () => {
  it.each<[string, () => { accountId: string; accountPath?: string }, RegExp]>([
    ["there is one of its name", () => ({ accountId: UNKNOWN, accountPath: path() }), TAKEN],
    ["its name is free", () => ({ accountId: UNKNOWN, accountPath: free() }), /^$/],
    ["it is in the state", () => ({ accountId: path(), accountPath: path() }), /^$/],
    ["its name is not known either", () => ({ accountId: UNKNOWN, accountPath: UNKNOWN }), /^$/],
    ["a program that doesn't name it", () => ({ accountId: UNKNOWN }), /^$/],
  ])("%s", async (_what, args, said) => {
    expect((await accountTaken(rehearsal.newProcess(), args())) ?? "").toMatch(said);
  });

  it("is left to Azure where nobody may look", async () => {
    const client = rehearsal.service.addClient({ displayName: "stranger", roles: [] });
    const context = rehearsal.newProcess({ client });
    expect(await accountTaken(context, { accountId: UNKNOWN, accountPath: path() })).toBeUndefined();
  });

  it("stops the preview by the first file", async () => {
    const args = { accountId: UNKNOWN, accountPath: path(), path: "a.jsonl", sha256: "5a" } as TrainingFileInputs;
    const { failures } = await trainingFileHandler(rehearsal.newProcess()).check({} as TrainingFileInputs, args);
    expect(failures).toEqual([{ property: "accountId", reason: expect.stringMatching(TAKEN) }]);
  });
});
