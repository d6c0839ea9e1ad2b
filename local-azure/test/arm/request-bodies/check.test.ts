import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { checkBody } from "../../../src/arm/request-bodies/check";

const refused = (properties: object) => {
  try {
    checkBody("account", { properties });
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
};

describe("types of an account's properties", () => {
  it.each([
    [{ publicNetworkAccess: "Maybe" }, `properties.publicNetworkAccess must be one of Enabled, Disabled, not "Maybe".`],
    [{ disableLocalAuth: "yes" }, `properties.disableLocalAuth must be true or false, not "yes".`],
    [{ networkAcls: "no" }, `properties.networkAcls must be an object, not "no".`],
    [
      { networkAcls: { ipRules: [{ value: [] }] } },
      "properties.networkAcls.ipRules[0].value must be a string, not [].",
    ],
    [{ customSubDomainName: 5 }, "properties.customSubDomainName must be a string, not 5."],
    [{ userOwnedStorage: {} }, "properties.userOwnedStorage must be a list, not {}."],
    [
      { locations: { regions: [{ value: "much" }] } },
      `properties.locations.regions[0].value must be a number, not "much".`,
    ],
    [{ allowedFqdnList: "x".repeat(99) }, `properties.allowedFqdnList must be a list, not "${"x".repeat(56)}....`],
  ])("%j is refused", (properties, sentence) => {
    expect(refused(properties)).toBe(`The request content was invalid: ${sentence}`);
  });

  it("an identity of another type is refused, and one without the space is taken", () => {
    const identity = (type: string) => checkBody("account", { identity: { type } }).identity;
    expect(identity("systemassigned,userassigned")).toEqual({ type: "SystemAssigned, UserAssigned" });
    expect(() => identity("Mine")).toThrow(/identity\.type must be one of None, SystemAssigned, UserAssigned/);
  });

  it("texts are read as the number or boolean that is due, names in any case, nulls as absent, and what is unknown is kept", () => {
    const properties = {
      disableLocalAuth: "true",
      publicNetworkAccess: "disabled",
      networkAcls: { defaultAction: "deny", bypass: null },
      later: { member: 1 },
    };
    expect(checkBody("account", { properties, identity: null })).toEqual({
      properties: {
        disableLocalAuth: true,
        publicNetworkAccess: "Disabled",
        networkAcls: { defaultAction: "Deny" },
        later: { member: 1 },
      },
    });
    expect(checkBody("deployment", { sku: { name: "Standard", capacity: "5" } })).toEqual({
      sku: { name: "Standard", capacity: 5 },
    });
  });

  it("what was accepted is accepted again, as the same", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("disableLocalAuth", "customSubDomainName", "networkAcls", "x"), fc.jsonValue()),
        (properties) => {
          let first;
          try {
            first = checkBody("account", { properties });
          } catch {
            return;
          }
          expect(checkBody("account", first)).toEqual(first);
        },
      ),
    );
  });
});
