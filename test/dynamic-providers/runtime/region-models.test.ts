import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { accountPurgeHandler } from "../../../dynamic-providers/account-purge/handler";
import { existingAccountHandler } from "../../../dynamic-providers/existing-account/handler";
import { regionModels } from "../../../dynamic-providers/runtime/region-models";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { rehearse, type Rehearsal } from "../../support/rehearsal";

let rehearsal: Rehearsal;
beforeEach(async () => {
  rehearsal = await rehearse();
});
afterEach(() => rehearsal.close());

const MODELS = /\/locations\/\w+\/models/;
const process = () => rehearsal.newProcess();
const account = (more: object = {}) => ({
  ...{ subscriptionId: rehearsal.service.subscriptionId, resourceGroupName: "ResourceGroup1" },
  ...{ accountName: "Tuning", location: "northcentralus", ...more },
});
const checks = {
  "an account of the stack's own": (context: ReturnType<typeof process>, more?: object) =>
    accountPurgeHandler(context).check(account(), account(more)),
  "an existing account": (context: ReturnType<typeof process>, more?: object) => {
    const inputs = { ...account(more), accountId: rehearsal.accountId } as never;
    return existingAccountHandler(context).check(inputs, inputs);
  },
};

it.each(Object.entries(checks))("is begun by the check of %s, and asked once", async (_what, check) => {
  const context = process();
  await check(context);
  const models = await regionModels(context, rehearsal.service.subscriptionId, "North Central US");
  expect(models.length).toBeGreaterThan(0);
  expect(rehearsal.proxy.count("GET", MODELS)).toBe(1);
});

it.each(Object.entries(checks))("that can't be read fails no check of %s, but who needs it", async (_what, check) => {
  rehearsal.proxy.disturb("GET", MODELS, { status: 403, code: "AuthorizationFailed" }, 9);
  const context = process();
  expect((await check(context)).failures).toEqual([]);
  await expect(regionModels(context, rehearsal.service.subscriptionId, "northcentralus")).rejects.toThrow(/403/);
});

it("is not begun while the region isn't known", async () => {
  const context = process();
  await checks["an account of the stack's own"](context, { location: UNKNOWN });
  await context.azure();
  expect(rehearsal.proxy.count("GET", MODELS)).toBe(0);
});
