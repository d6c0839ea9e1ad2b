import { describe, expect, it } from "@jest/globals";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { secret, UNKNOWN } from "../../src/azure-native/values";
import { version } from "../../src/azure-native/version";
import { SUBSCRIPTION, TENANT, CLIENT, type ArmStub } from "./arm-stub";
import { connectPlugin } from "./connected-plugin";
import { startPlugin, urnOf, type PluginClient } from "./plugin-client";

let stub: ArmStub;
let plugin: PluginClient;
connectPlugin((connected) => ({ stub, plugin } = connected));

const account = urnOf("cognitiveservices:Account");
const { PropertyDiff, DiffResponse } = messages;

describe("configure", () => {
  it("takes secrets and previews, and says once what it is", async () => {
    const response = await plugin.configure();
    expect([response.getAcceptsecrets(), response.getSupportspreview()]).toEqual([true, true]);
    expect(plugin.infos).toEqual([
      "azure-native: stand-in plugin of local-azure (Account, Deployment, Project, RaiPolicy, RoleAssignment only)",
    ]);
  });

  it.each([
    [
      "a dead metadata host",
      { metadataHost: "localhost:1" },
      /^2 UNKNOWN: https:\/\/localhost:1 can't be reached \(ECONNREFUSED: .*metadataHost/,
    ],
    [
      "a missing tenant",
      { clientSecret: "x", clientId: "c", subscriptionId: "s" },
      /azure-native:tenantId \(ARM_TENANT_ID\) must be set/,
    ],
    ["an unknown environment", { environment: "mars" }, /"mars": it must be one of public, usgovernment, china/],
  ])("fails with one sentence for %s", async (_, config, expected) => {
    const other = await startPlugin(stub);
    const error = await other.configure(config).catch((thrown: Error) => thrown);
    expect((error as Error).message).toMatch(expected);
    expect((error as Error).message).not.toContain("\n");
    other.close();
  });

  it("goes by the environment where nothing is configured", async () => {
    const other = await startPlugin(stub, {
      ARM_METADATA_HOSTNAME: stub.origin,
      ARM_DISABLE_INSTANCE_DISCOVERY: "true",
      ARM_SUBSCRIPTION_ID: SUBSCRIPTION,
      ARM_TENANT_ID: TENANT,
      ARM_CLIENT_ID: CLIENT,
      ARM_CLIENT_SECRET: "right",
    });
    await other.configure({});
    expect(await other.invoke("azure-native:authorization:getClientConfig", {})).toMatchObject({ clientId: CLIENT });
    other.close();
  });
});

it("answers the engine's other questions", async () => {
  const info = await new Promise((resolve) =>
    plugin.raw.getPluginInfo(new Empty(), (_, response) => resolve(response.getVersion())),
  );
  expect(info).toBe(version());
  const schema = await new Promise<string>((resolve) =>
    plugin.raw.getSchema(new messages.GetSchemaRequest(), (_, response) => resolve(response.getSchema())),
  );
  const { resources } = JSON.parse(schema) as { resources: Record<string, { requiredInputs: string[] }> };
  expect(resources["azure-native:authorization:RoleAssignment"]!.requiredInputs).toEqual([
    "scope",
    "principalId",
    "roleDefinitionId",
  ]);
});

it("refuses other types with a sentence", async () => {
  const storage = urnOf("storage:StorageAccount");
  await expect(plugin.check(storage, {}, {})).rejects.toThrow(
    /does not support the type azure-native:storage:StorageAccount, only/,
  );
});

it("reads the type of a child of a component", async () => {
  const child = "urn:pulumi:dev::project::finetune:Account$azure-native:cognitiveservices:Deployment::base";
  expect((await plugin.check(child, {}, { accountName: "acct", resourceGroupName: "rg" })).inputs).toEqual({
    accountName: "acct",
    resourceGroupName: "rg",
    deploymentName: "base",
  });
});

it("checks inputs and keeps secrets", async () => {
  const news = { accountName: "!", resourceGroupName: "rg", location: "eastus", tags: { a: secret("x") } };
  const { inputs, failures } = await plugin.check(account, {}, news);
  expect(inputs).toEqual(news);
  expect(failures).toEqual([
    "'accountName' is too short (1): at least 2 characters required",
    "'accountName' does not match expression '^[a-zA-Z0-9][a-zA-Z0-9_.-]*$'",
  ]);
});

it("takes the resource group's location, asked for once", async () => {
  stub.resources.set(`/subscriptions/${SUBSCRIPTION}/resourcegroups/rg`, { location: "northcentralus" });
  stub.requests.length = 0;
  for (const accountName of ["one", "two"]) {
    const { inputs } = await plugin.check(account, {}, { accountName, resourceGroupName: "rg" });
    expect(inputs.location).toBe("northcentralus");
  }
  expect(stub.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `GET /subscriptions/${SUBSCRIPTION}/resourceGroups/rg?api-version=2020-10-01`,
  ]);
});

it("explains a difference in detail", async () => {
  const olds = { accountName: "a", location: "eastus", tags: { a: "1" } };
  const news = { accountName: "b", location: "East US", tags: { a: "2", b: "3" } };
  expect(await plugin.diff(account, olds, news)).toMatchObject({
    changes: DiffResponse.DiffChanges.DIFF_SOME,
    replacesList: ["accountName"],
    diffsList: ["accountName", "tags"],
    deletebeforereplace: true,
    hasdetaileddiff: true,
    detaileddiffMap: [
      ["accountName", { kind: PropertyDiff.Kind.UPDATE_REPLACE, inputdiff: true }],
      ["tags.a", { kind: PropertyDiff.Kind.UPDATE, inputdiff: true }],
      ["tags.b", { kind: PropertyDiff.Kind.ADD, inputdiff: true }],
    ],
  });
  expect(await plugin.diff(account, olds, olds)).toMatchObject({
    changes: DiffResponse.DiffChanges.DIFF_NONE,
    replacesList: [],
  });
});

it("previews without a request", async () => {
  stub.requests.length = 0;
  const created = await plugin.create(account, { accountName: "a", kind: "OpenAI" }, true);
  expect(created).toMatchObject({ id: "", outputs: { kind: "OpenAI", name: UNKNOWN } });
  const updated = await plugin.update(account, "/id", { name: "a", location: "eastus" }, { accountName: "a" }, true);
  expect(updated).toMatchObject({ name: "a", location: "eastus", properties: UNKNOWN });
  expect(stub.requests).toEqual([]);
});
