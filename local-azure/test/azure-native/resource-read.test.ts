import { describe, expect, it } from "@jest/globals";
import { secret, type Properties } from "../../src/azure-native/values";
import { SUBSCRIPTION, type ArmStub } from "./arm-stub";
import { connectPlugin } from "./connected-plugin";
import { urnOf, type PluginClient } from "./plugin-client";

let stub: ArmStub;
let plugin: PluginClient;
connectPlugin((connected) => ({ stub, plugin } = connected));

const account = urnOf("cognitiveservices:Account");
const path = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/acct`;
const inputs: Properties = {
  accountName: "acct",
  resourceGroupName: "rg",
  location: "East US",
  tags: { a: secret("1") },
};
const stored = () => stub.resources.get(path.toLowerCase())!;

describe("refresh", () => {
  it("of an untouched resource gives back what the state holds", async () => {
    const { id, outputs } = await plugin.create(account, inputs);
    expect(await plugin.read(account, id, inputs, outputs)).toEqual({ id, inputs, outputs });
  });

  it("carries over what was changed behind its back, and keeps secrets", async () => {
    const { id, outputs } = await plugin.create(account, inputs);
    stored().tags = { a: "2", b: "3" };
    const read = await plugin.read(account, id, inputs, outputs);
    expect(read.inputs).toEqual({ ...inputs, tags: { a: secret("2"), b: "3" } });
    expect(read.outputs.tags).toEqual({ a: secret("2"), b: "3" });
  });

  it.each([
    "NotFound",
    "ResourceNotFound",
    "ResourceGroupNotFound",
    "LockNotFound",
    "ParentResourceNotFound",
    "EntityNotFound",
    "SubscriptionNotFound",
    "RoleAssignmentNotFound",
    "VulnerabilityAssessmentBaselineDoesNotExists",
  ])("takes 404 %s for gone", async (code) => {
    stub.answerNext("GET", "/accounts/acct", { status: 404, body: { error: { code, message: "m" } } });
    expect(await plugin.read(account, path, inputs, {})).toEqual({ id: "", inputs: {}, outputs: {} });
  });

  it("takes the code from the header too", async () => {
    stub.answerNext("GET", "/accounts/acct", { status: 404, headers: { "x-ms-error-code": "ResourceNotFound" } });
    expect((await plugin.read(account, path, inputs, {})).id).toBe("");
  });

  it.each([
    [
      "404 of another code",
      { status: 404, body: { error: { code: "DeploymentNotFound", message: "m" } } },
      'Code="DeploymentNotFound"',
    ],
    ["404 without a body", { status: 404 }, "Status=404"],
    ["404 of a gateway", { status: 404, body: "<html>nginx</html>" }, "Status=404"],
    ["404 in another shape", { status: 404, body: { message: "no Route matched" } }, "Status=404"],
    ["200 with a page", { status: 200, body: "<html>sign in</html>" }, "nothing is known of the resource"],
    ["200 with nothing in it", { status: 200, body: {} }, "nothing is known of the resource"],
    ["200 with an error", { status: 200, body: { error: { code: "x" } } }, "nothing is known of the resource"],
    [
      "403",
      { status: 403, body: { error: { code: "AuthorizationFailed", message: "m" } } },
      'Code="AuthorizationFailed"',
    ],
  ])("fails on %s", async (_, answer, expected) => {
    stub.answerNext("GET", "/accounts/acct", answer);
    await expect(plugin.read(account, path, inputs, {})).rejects.toThrow(expected);
  });
});

describe("import", () => {
  it("finds the inputs in the id and the answer", async () => {
    await plugin.create(account, inputs);
    const { inputs: found, outputs } = await plugin.read(account, path, {}, {});
    expect(found).toEqual({
      accountName: "acct",
      resourceGroupName: "rg",
      location: "East US",
      properties: {},
      tags: { a: "1" },
    });
    expect(outputs).toMatchObject({ name: "acct", properties: { provisioningState: "Succeeded" } });
  });

  it("of a role assignment finds scope and name", async () => {
    const role = urnOf("authorization:RoleAssignment");
    const given = { scope: path, roleAssignmentName: "n", principalId: "p", roleDefinitionId: "r" };
    const { id } = await plugin.create(role, given);
    expect((await plugin.read(role, id, {}, {})).inputs).toEqual(given);
  });

  it("refuses an id of another type", async () => {
    stub.resources.set("/subscriptions/x", { id: "/subscriptions/x" });
    await expect(plugin.read(account, "/subscriptions/x", {}, {})).rejects.toThrow(
      'The id "/subscriptions/x" is not of the form',
    );
  });
});
