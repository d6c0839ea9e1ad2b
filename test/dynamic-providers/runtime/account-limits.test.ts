import { expect, it } from "@jest/globals";
import { readAccountLimits } from "../../../dynamic-providers/runtime/account-limits";
import type { Context } from "../../../dynamic-providers/runtime/context";

const accountId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a";

it.each<[string, unknown, number | undefined]>([
  ["a number", "500", 500],
  ["none at all", undefined, undefined],
  ["an empty text, which is no zero", "", undefined],
  ["blanks", " ", undefined],
  ["null", null, undefined],
  ["a word", "unlimited", undefined],
  ["a negative number", "-1", undefined],
  ["a zero: the account tunes nothing", "0", 0],
])("a limit that Azure states as %s", async (_, value, limit) => {
  const capabilities = [{ name: "VirtualNetworks" }, { name: "MaxFineTuneCount", value }];
  const account = { get: () => Promise.resolve({ properties: { capabilities } }) };
  const context = { azure: () => Promise.resolve({ accounts: () => account }) } as unknown as Context;
  const limits = await readAccountLimits(context, accountId, () => {});
  expect(limits("MaxFineTuneCount")).toBe(limit);
  expect(limits("MaxUserFileCount")).toBeUndefined();
});
