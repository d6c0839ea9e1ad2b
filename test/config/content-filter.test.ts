import { expect, it } from "@jest/globals";
import { parseSettings } from "../../config";

const parse = (given: Record<string, unknown>) =>
  parseSettings(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, JSON.stringify(value)])), "dev");

it.each([[{}], [{ contentFilter: {} }]])("%j: no filter", (given) => {
  expect(parse(given).contentFilter).toBeUndefined();
});

it("takes filters as they are given", () => {
  const contentFilter = { name: "strict", filters: [{ name: "Hate", severityThreshold: "Low" }] };
  expect(parse({ contentFilter }).contentFilter).toEqual(contentFilter);
});

it.each<[string, Record<string, unknown>, RegExp]>([
  [
    "an unknown category",
    { contentFilter: { filters: [{ name: "Rude" }] } },
    /contentFilter\.filters\[0\]\.name is "Rude"; expected Hate/,
  ],
  [
    "another severity",
    { contentFilter: { filters: [{ name: "Hate", severityThreshold: "low" }] } },
    /severityThreshold is "low"; expected Low, Medium or High/,
  ],
  [
    "another mode",
    { contentFilter: { mode: "Loud" } },
    /contentFilter\.mode is "Loud"; expected Default, Blocking or Asynchronous_filter/,
  ],
  [
    "two filters for one deployment",
    { contentFilter: { name: "strict" }, deploy: { raiPolicyName: "other" } },
    /contentFilter is set, and deploy\.raiPolicyName is "other", but a deployment can have only one filter/,
  ],
  [
    "a filter in an account of others",
    { contentFilter: { name: "strict" }, account: { existing: true, name: "team" } },
    /contentFilter is set, but account\.existing is true.+ set deploy\.raiPolicyName/,
  ],
])("%s is refused", (_what, given, reason) => {
  expect(() => parse(given)).toThrow(reason);
});
