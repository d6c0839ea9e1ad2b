import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { apiVersions } from "../../src/arm/api-versions";
import { startForTest, type TestService } from "../../src/testing";
import { resources } from "../clients";
import { call, tokenFor } from "../https-call";

/** Versions that `@pulumi/azure-native` has a type in: its aliases (`azure-native:cognitiveservices/v20250601:Account`). */
function published(type: string): string[] {
  const source = readFileSync(require.resolve(`@pulumi/azure-native/${type}.js`), "utf8");
  const names = [...source.matchAll(/\/v(\d{4})(\d{2})(\d{2})(preview)?:/g)];
  return names.map(([, year, month, day, preview]) => `${year}-${month}-${day}${preview ? "-preview" : ""}`);
}

describe("api-versions", () => {
  let service: TestService;
  let account: string;
  beforeAll(async () => {
    service = await startForTest();
    account = service.addAccount("Versions").id;
  });
  afterAll(() => service.close());

  const ask = async (path: string, version: string, method = "GET", body?: object) => {
    const headers = { authorization: `Bearer ${await tokenFor(service, service.deployer)}` };
    return call(service, `${path}?api-version=${version}`, { method, headers, body });
  };

  it.each([
    ["cognitiveservices/account", "Microsoft.CognitiveServices", "accounts"],
    ["cognitiveservices/deployment", "Microsoft.CognitiveServices", "accounts/deployments"],
    ["authorization/roleAssignment", "Microsoft.Authorization", "roleAssignments"],
    ["authorization/roleDefinition", "Microsoft.Authorization", "roleDefinitions"],
    ["authorization/managementLockAtResourceGroupLevel", "Microsoft.Authorization", "locks"],
    ["authorization/denyAssignment", "Microsoft.Authorization", "denyAssignments"],
    ["monitor/diagnosticSetting", "Microsoft.Insights", "diagnosticSettings"],
    ["resources/resourceGroup", "Microsoft.Resources", "resourceGroups"],
    ["resources/deployment", "Microsoft.Resources", "deployments"],
  ])("all published ones of %s are known", (type, namespace, name) => {
    expect(published(type).length).toBeGreaterThan(0);
    expect(apiVersions(namespace, name)).toEqual(expect.arrayContaining(published(type)));
  });

  const list = (namespace: string, type: string, comma: string) => apiVersions(namespace, type).join(comma);

  it.each([
    ["an account's", "", "northcentralus", "accounts"],
    ["a deployment's", "/deployments/x", "northcentralus", "accounts/deployments"],
  ])("%s that is none is refused with place, type and list", async (_what, below, location, type) => {
    const { status, body } = await ask(`${account}${below}`, "1999-01-01");
    const message = expect.stringContaining(
      `No registered resource provider found for location '${location}' and API version '1999-01-01' for type '${type}'. ` +
        `The supported api-versions are '${list("Microsoft.CognitiveServices", type, ", ")}'. The supported locations are '`,
    );
    expect([status, body]).toEqual([400, { error: { code: "NoRegisteredProviderFound", message } }]);
  });

  it("the place is that of the body or the path, and * in a list", async () => {
    const provider = `/subscriptions/${service.subscriptionId}/providers/Microsoft.CognitiveServices`;
    const places = [
      await ask(account.replace("Versions", "Fresh"), "2025-06-31", "PUT", { location: "eastus" }),
      await ask(`${provider}/locations/japaneast/models`, "2025-06-31"),
      await ask(`${provider}/accounts`, "2025-06-31"),
      await ask(`${account}/listKeys`, "2025-06-31", "POST"),
    ].map(({ body }) => /location '(.*?)' .* type '(.*?)'/.exec(JSON.stringify(body))?.slice(1));
    expect(places).toEqual([
      ["eastus", "accounts"],
      ["japaneast", "locations/models"],
      ["*", "accounts"],
      ["northcentralus", "accounts"],
    ]);
    expect(service.world.state.accounts).toHaveLength(1);
  });

  it("those of role assignments and of Resource Manager itself have their own words", async () => {
    const assignments = await ask(`${account}/providers/Microsoft.Authorization/roleAssignments`, "2021-09-09");
    const type = "The resource type 'roleAssignments' could not be found in the namespace 'Microsoft.Authorization'";
    expect([assignments.status, assignments.body]).toEqual([
      404,
      {
        error: {
          code: "InvalidResourceType",
          message: `${type} for api version '2021-09-09'. The supported api-versions are '${list("Microsoft.Authorization", "roleAssignments", ",")}'.`,
        },
      },
    ]);
    const groups = await ask(`/subscriptions/${service.subscriptionId}/resourceGroups`, "2021-09-09");
    const supported = list("Microsoft.Resources", "resourceGroups", ",");
    const message = `The api-version '2021-09-09' is invalid. The supported versions are '${supported}'.`;
    expect([groups.status, groups.body]).toEqual([400, { error: { code: "InvalidApiVersionParameter", message } }]);
  });

  it("the provider lists them, in a client's hands too", async () => {
    const provider = await resources(service).providers.get("Microsoft.CognitiveServices");
    const accounts = provider.resourceTypes?.find(({ resourceType }) => resourceType === "accounts");
    expect(accounts?.apiVersions).toEqual(apiVersions("Microsoft.CognitiveServices", "accounts"));
  });
});
