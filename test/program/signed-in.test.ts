import { afterEach, describe, expect, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import {
  currentPrincipal,
  currentSubscription,
  principalOf,
  requireResourceGroup,
  roleHolders,
} from "../../program/signed-in";
import { mockProgram } from "../support/mocked-program";

const token = (claims: object) => ["e30", Buffer.from(JSON.stringify(claims)).toString("base64url"), "sig"].join(".");
const oid = "11111111-2222-3333-4444-555555555555";

describe("principalOf", () => {
  it.each([
    ["an application that says so", { oid, idtyp: "app" }, "ServicePrincipal"],
    ["an application whose token has no scopes", { oid }, "ServicePrincipal"],
    ["a user", { oid, scp: "user_impersonation" }, "User"],
    ["a user whose token says so", { oid, idtyp: "user", scp: "user_impersonation" }, "User"],
  ])("%s", (_who, claims, type) => {
    expect(principalOf(token(claims))).toEqual({ id: oid, type });
  });

  it.each(["", "opaque", token({}), "a.!!!.c"])(
    "a token that names nobody (%j) is a sentence with the way out",
    (text) => {
      expect(() => principalOf(text)).toThrow(/contains no object ID.*roles\.principals.*roles\.manage/);
    },
  );
});

it("the principal comes from azure-native's own token", async () => {
  await mockProgram({ "azure-native:authorization:getClientToken": { token: token({ oid, idtyp: "app" }) } });
  expect(await currentPrincipal()).toEqual({ id: oid, type: "ServicePrincipal" });
});

describe("roleHolders", () => {
  const named = [{ id: "99999999-2222-3333-4444-555555555555", type: "Group" as const }];
  const answering = (text: string) =>
    mockProgram({ "azure-native:authorization:getClientToken": { token: text } }).then(() => undefined);

  it("are whoever deploys, when nobody is named", async () => {
    await answering(token({ oid, idtyp: "app" }));
    const current = { id: oid, type: "ServicePrincipal" };
    expect(await roleHolders([])).toEqual({ principals: [current], defaulted: true, current: oid });
  });

  it("are those who are named, and whoever deploys is known", async () => {
    await answering(token({ oid }));
    expect(await roleHolders(named)).toEqual({ principals: named, defaulted: false, current: oid });
  });

  it("need no token that names somebody, when they are named", async () => {
    await answering("opaque");
    expect(await roleHolders(named)).toEqual({ principals: named, defaulted: false, current: undefined });
    await expect(roleHolders([])).rejects.toThrow(/contains no object ID/);
  });
});

describe("currentSubscription", () => {
  const environment = process.env["ARM_SUBSCRIPTION_ID"];
  afterEach(() => {
    pulumi.runtime.setAllConfig({});
    if (environment === undefined) delete process.env["ARM_SUBSCRIPTION_ID"];
    else process.env["ARM_SUBSCRIPTION_ID"] = environment;
  });

  it("is the configured one, else the environment's, else what azure-native signed in to", async () => {
    const program = await mockProgram({
      "azure-native:authorization:getClientConfig": { subscriptionId: "signed-in" },
    });
    process.env["ARM_SUBSCRIPTION_ID"] = "environment";
    pulumi.runtime.setAllConfig({ "azure-native:subscriptionId": "configured" });
    expect(await currentSubscription()).toBe("configured");
    pulumi.runtime.setAllConfig({});
    expect(await currentSubscription()).toBe("environment");
    expect(program.called).toEqual([]);
    delete process.env["ARM_SUBSCRIPTION_ID"];
    expect(await currentSubscription()).toBe("signed-in");
  });

  it("that can't be determined is a sentence", async () => {
    delete process.env["ARM_SUBSCRIPTION_ID"];
    await mockProgram({ "azure-native:authorization:getClientConfig": new Error("run `az login`") });
    await expect(currentSubscription()).rejects.toThrow("The subscription could not be determined: run `az login`");
  });
});

describe("requireResourceGroup", () => {
  const lookUp = "azure-native:resources:getResourceGroup";

  it("passes when the group is there", async () => {
    const program = await mockProgram({ [lookUp]: { name: "RG" } });
    await requireResourceGroup("RG", "sub-1");
    expect(program.called).toEqual([{ token: lookUp, inputs: { resourceGroupName: "RG" } }]);
  });

  it.each([
    [
      'Status=404 Code="ResourceGroupNotFound" Message="..."',
      /^Resource group "RG" does not exist in subscription sub-1\. .*az group create.*resourceGroupName/,
    ],
    [
      'Status=403 Code="AuthorizationFailed" Message="no"',
      /^Resource group "RG" of subscription sub-1 can't be read: .*AuthorizationFailed.* Contributor and, .*roles\.manage/,
    ],
    [
      'Status=404 Code="SubscriptionNotFound" Message="The subscription \'sub-1\' could not be found."',
      /^Subscription "sub-1" is not visible to the signed-in principal\. .*azure-native:subscriptionId \(ARM_SUBSCRIPTION_ID\)/,
    ],
  ])("%s ends the program with a sentence", async (message, sentence) => {
    await mockProgram({ [lookUp]: new Error(`request failed /subscriptions/sub-1/resourcegroups/RG: ${message}`) });
    const error: unknown = await requireResourceGroup("RG", "sub-1").catch((reason: unknown) => reason);
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect((error as Error).message).toMatch(sentence);
  });
});
