import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseSettings } from "../../config";

const parse = (given: Record<string, unknown>) =>
  parseSettings(
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
    "dev",
  );
const account = { existing: true, name: "team" };

describe("settings of a stack on an existing account", () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ["no name", { account: { existing: true } }, /account\.existing is true, but account\.name is missing/],
    [
      "protect",
      { account: { ...account, protect: true } },
      /account\.protect is set, but account\.existing is true, .+ Remove account\.protect\./,
    ],
    ["tags", { account, tags: { a: "b" } }, /tags is set/],
    [
      "a private account",
      { account, network: { publicNetworkAccess: "Disabled" } },
      /network\.publicNetworkAccess is set/,
    ],
    ["network rules", { account, network: { networkAcls: { defaultAction: "Deny" } } }, /network\.networkAcls is set/],
    [
      "a rotation",
      { account, keys: { rotation: 2 } },
      /keys\.rotation is 2, .+ others may be using the key .+ set keys\.rotateExisting to true/,
    ],
    [
      "a group of a stack's own account",
      { account: { resourceGroupName: "shared" } },
      /account\.resourceGroupName is "shared", but account\.existing is not true; to choose .+, set resourceGroupName instead/,
    ],
  ])("refuse %s", (_what, given, reason) => {
    expect(() => parse(given)).toThrow(reason);
  });

  it.each<[string, Record<string, unknown>]>([
    ["as few as possible", { account }],
    ["a rotation that is meant", { account, keys: { rotation: 2, rotateExisting: true } }],
    ["a group of its own", { account: { ...account, resourceGroupName: "shared" } }],
    ["roles that the stack assigns", { account, roles: { manage: true } }],
  ])("take %s", (_what, given) => {
    expect(parse(given).account.existing).toBe(true);
  });

  it("leave region and roles to the account, unless they are set", () => {
    expect(parse({ account })).toMatchObject({ location: "", roles: { manage: false } });
    expect(parse({ account, location: "Sweden Central", roles: { manage: true } })).toMatchObject({
      location: "swedencentral",
      roles: { manage: true },
    });
  });
});

it("without an existing account region and roles are what they always were, whatever else is set", () => {
  fc.assert(
    fc.property(fc.record({ name: fc.constantFrom("one", "two"), protect: fc.boolean() }), (own) => {
      const settings = { account: { ...own, existing: false } };
      expect(parse(settings)).toMatchObject({ location: "northcentralus", roles: { manage: true } });
    }),
  );
});
