import { describe, expect, it } from "@jest/globals";
import { secret, type Properties } from "../../src/azure-native/values";
import { SUBSCRIPTION, type ArmStub, type StubAnswer } from "./arm-stub";
import { connectPlugin } from "./connected-plugin";
import { initFailure, urnOf, type PluginClient } from "./plugin-client";

let stub: ArmStub;
let plugin: PluginClient;
connectPlugin((connected) => ({ stub, plugin } = connected));

const account = urnOf("cognitiveservices:Account");
const role = urnOf("authorization:RoleAssignment");
const groupPath = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;
const accountPath = `${groupPath}/providers/Microsoft.CognitiveServices/accounts/acct`;
const inputs: Properties = {
  accountName: "acct",
  resourceGroupName: "rg",
  location: "eastus",
  tags: { b: "2", a: secret("1") },
};
const sent = () =>
  stub.requests.map(({ method, url }) => `${method} ${url.replace(accountPath, "A").replace("?api-version=", " ")}`);
const refusal = (status: number, code: string) => ({ status, body: { error: { code, message: `no: ${code}` } } });

describe("create", () => {
  it("looks whether the resource is there, PUTs and reads back", async () => {
    const { id, outputs } = await plugin.create(account, inputs);
    expect(sent()).toEqual(["GET A 2025-06-01", "PUT A 2025-06-01", "GET A 2025-06-01"]);
    const put = stub.requests[1]!;
    expect(JSON.stringify(put.body)).toBe('{"location":"eastus","tags":{"a":"1","b":"2"}}');
    expect(put.headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer /),
      "content-type": "application/json; charset=utf-8",
      "user-agent": expect.stringContaining("stand-in"),
    });
    expect(id).toBe(accountPath);
    expect(outputs).toEqual({
      azureApiVersion: "2025-06-01",
      etag: '"1"',
      location: "eastus",
      name: "acct",
      properties: { endpoint: "https://example.test/", provisioningState: "Succeeded" },
      tags: { a: secret("1"), b: "2" },
    });
  });

  it("puts a role assignment at its scope, whose slashes at the ends are dropped", async () => {
    const { id } = await plugin.create(role, {
      scope: `${accountPath}/`,
      roleAssignmentName: "n",
      principalId: "p",
      roleDefinitionId: "r",
    });
    expect(id).toBe(`${accountPath}/providers/Microsoft.Authorization/roleAssignments/n`);
    expect(stub.requests[1]!.body).toEqual({ properties: { principalId: "p", roleDefinitionId: "r" } });
  });

  it.each([
    ["404 with any body", { status: 404, body: "nothing" }],
    ["204", { status: 204 }],
    ["200 without a body", { status: 200 }],
    ["200 with text", { status: 200, body: "hello" }],
  ])("goes on when the look is answered %s", async (_, answer) => {
    stub.answerNext("GET", "/accounts/acct", answer);
    expect(await plugin.create(account, inputs)).toMatchObject({ id: accountPath });
  });

  it.each([
    [
      "200 with a resource",
      { status: 200, body: { id: "x" } },
      `cannot create already existing resource '${accountPath}'`,
    ],
    [
      "403",
      refusal(403, "AuthorizationFailed"),
      `cannot check existence of resource '${accountPath}': status code 403, {"error"`,
    ],
  ])("stops when the look is answered %s", async (_, answer, expected) => {
    stub.answerNext("GET", "/accounts/acct", answer);
    await expect(plugin.create(account, inputs)).rejects.toThrow(expected);
    expect(sent()).toEqual(["GET A 2025-06-01"]);
  });

  it.each([
    [409, "RequestConflict"],
    [400, "DeploymentModelNotSupported"],
    [403, "AuthorizationFailed"],
  ])("hands on %i %s at once, without anything for the state", async (status, code) => {
    stub.answerNext("PUT", "/accounts/acct", refusal(status, code));
    const error = await plugin.create(account, inputs).catch((thrown: Error) => thrown);
    expect((error as Error).message).toBe(`2 UNKNOWN: Status=${status} Code="${code}" Message="no: ${code}"`);
    expect(initFailure(error)).toBeUndefined();
    expect(plugin.waits).toEqual([]);
  });

  it("registers the namespace and PUTs again", async () => {
    stub.answerNext("PUT", "/accounts/acct", refusal(409, "MissingSubscriptionRegistration"));
    stub.answerNext("POST", "/register", { status: 200, body: { registrationState: "Registering" } });
    stub.answerNext("GET", "/Microsoft.CognitiveServices", { status: 200, body: { registrationState: "Registered" } });
    await plugin.create(account, inputs);
    expect(sent().slice(1)).toEqual([
      "PUT A 2025-06-01",
      `POST /subscriptions/${SUBSCRIPTION}/providers/Microsoft.CognitiveServices/register 2019-05-01`,
      `GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.CognitiveServices 2019-05-01`,
      "PUT A 2025-06-01",
      "GET A 2025-06-01",
    ]);
  });

  it("warns when the read back fails, and keeps the PUT's answer", async () => {
    stub.answerNext("GET", "/accounts/acct", { status: 404 }, refusal(403, "AuthorizationFailed"));
    const { outputs } = await plugin.create(account, inputs);
    expect(outputs).toMatchObject({ name: "acct" });
    expect(plugin.warnings).toEqual([
      'Failed to read resource after Create: Status=403 Code="AuthorizationFailed" Message="no: AuthorizationFailed"',
    ]);
  });
});

describe("a failure after the PUT was accepted", () => {
  const failed = { status: 201, body: { id: accountPath, properties: { provisioningState: "Failed" } } };

  it("reports the resource with its error", async () => {
    stub.answerNext(
      "GET",
      "/accounts/acct",
      { status: 404 },
      { status: 200, body: { id: accountPath, name: "acct", tags: { a: "1" } } },
    );
    stub.answerNext("PUT", "/accounts/acct", failed);
    const error = await plugin.create(account, inputs).catch((thrown: unknown) => thrown);
    expect(initFailure(error)).toEqual({
      id: accountPath,
      inputs,
      outputs: { azureApiVersion: "2025-06-01", name: "acct", tags: { a: secret("1") } },
      reasons: [expect.stringContaining('Status=201 Message="')],
    });
  });

  it("keeps the id even when the resource can't be read", async () => {
    stub.answerNext("GET", "/accounts/acct", { status: 404 }, refusal(403, "AuthorizationFailed"));
    stub.answerNext("PUT", "/accounts/acct", failed);
    const error = await plugin.create(account, inputs).catch((thrown: unknown) => thrown);
    expect(initFailure(error)).toMatchObject({ id: accountPath, inputs });
  });

  it("keeps the id when a gateway says 404 about it", async () => {
    stub.answerNext("GET", "/accounts/acct", { status: 404 }, { status: 404, body: "<html>nginx</html>" });
    stub.answerNext("PUT", "/accounts/acct", failed);
    const error = await plugin.create(account, inputs).catch((thrown: unknown) => thrown);
    expect(initFailure(error)).toMatchObject({ id: accountPath, inputs });
  });

  it("is a plain error when the resource is gone again", async () => {
    stub.answerNext("PUT", "/accounts/acct", failed);
    const error = await plugin.create(account, inputs).catch((thrown: unknown) => thrown);
    expect(initFailure(error)).toBeUndefined();
  });

  it("is reported by an update too", async () => {
    stub.answerNext("PUT", "/accounts/acct", failed);
    stub.resources.set(accountPath.toLowerCase(), { id: accountPath, name: "acct" });
    const error = await plugin.update(account, accountPath, {}, inputs).catch((thrown: unknown) => thrown);
    expect(initFailure(error)).toMatchObject({ id: accountPath, outputs: { name: "acct" } });
  });

  it.each<[unknown, string]>([
    ["<html>", "<html>"],
    [{}, "{}"],
    [{ error: { code: "x" } }, '{"error":{"code":"x"}}'],
  ])("covers an answer that is no resource: %j", async (body, shown) => {
    stub.answerNext("PUT", "/accounts/acct", { status: 200, body });
    stub.answerNext("GET", "/accounts/acct", { status: 404 }, { status: 200, body: { id: accountPath } });
    const error = await plugin.create(account, inputs).catch((thrown: unknown) => thrown);
    expect(initFailure(error)).toMatchObject({
      reasons: [`unexpected response from Azure: '${shown}', HTTP status: 200`],
    });
  });
});

it("updates with the whole body, without a look before", async () => {
  await plugin.create(account, inputs);
  stub.requests.length = 0;
  const outputs = await plugin.update(account, accountPath, {}, { ...inputs, tags: { a: "new" } });
  expect(sent()).toEqual(["PUT A 2025-06-01", "GET A 2025-06-01"]);
  expect(stub.requests[0]!.body).toEqual({ location: "eastus", tags: { a: "new" } });
  expect(outputs).toMatchObject({ tags: { a: "new" } });
});

describe("delete", () => {
  it.each<StubAnswer>([{ status: 200 }, { status: 204 }, refusal(404, "ResourceNotFound")])(
    "takes %j for done",
    async (answer) => {
      stub.answerNext("DELETE", "/accounts/acct", answer);
      await plugin.delete(account, accountPath);
      expect(sent()).toEqual(["DELETE A 2025-06-01"]);
    },
  );

  it("hands on a refusal", async () => {
    stub.answerNext("DELETE", "/accounts/acct", refusal(409, "CannotDeleteResource"));
    await expect(plugin.delete(account, accountPath)).rejects.toThrow('Status=409 Code="CannotDeleteResource"');
  });

  it.each<StubAnswer>([
    { status: 404 },
    { status: 404, body: "<html>nginx</html>" },
    { status: 410, body: "Gone" },
    { status: 404, body: { message: "no Route matched with those values" } },
    refusal(404, "NoRoute"),
    { status: 200, body: "<html>sign in</html>" },
    { status: 200, body: {} },
    { status: 200, body: { error: { code: "InternalServerError", message: "busy" } } },
  ])("does not take %j for done", async (answer) => {
    stub.answerNext("DELETE", "/accounts/acct", answer);
    await expect(plugin.delete(account, accountPath)).rejects.toThrow(/localhost:\d+ answered .+ nothing is known/);
  });

  it("does not poll for a role assignment", async () => {
    stub.answerNext("DELETE", "/roleAssignments/n", { status: 202 });
    await plugin.delete(role, `${accountPath}/providers/Microsoft.Authorization/roleAssignments/n`);
    expect(stub.requests).toHaveLength(1);
  });
});
