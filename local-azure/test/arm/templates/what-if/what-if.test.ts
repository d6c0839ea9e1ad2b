import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Change } from "../../../../src/arm/templates/what-if/changes";
import { accountTemplate, moduleOf, template } from "../bicep-output";
import { Deployer } from "../deployer";

interface Result {
  status: string;
  properties: { changes: Change[] };
}

describe("what-if", () => {
  let deployer: Deployer;
  let values: Record<string, { value: unknown }>;
  beforeEach(async () => {
    deployer = await Deployer.start();
    values = { prefix: { value: "made" }, principalId: { value: deployer.service.stranger.objectId } };
  });
  afterEach(() => deployer.service.close());

  async function whatIf(sent: object, parameters: object = {}, more: object = {}): Promise<Change[]> {
    const properties = { mode: "Incremental", template: sent, parameters, ...more };
    const { status, headers, body } = await deployer.ask("x/whatIf", "POST", { properties });
    expect([status, body]).toEqual([202, undefined]);
    const { pathname, search } = new URL(String(headers.location));
    const result = (await deployer.ask(pathname + search)).body as Result;
    expect(result.status).toBe("Succeeded");
    return result.properties.changes;
  }
  const brief = (changes: Change[]) =>
    changes.map(({ resourceId, changeType }) => [resourceId.split("/").at(-1), changeType]);
  const types = (changes: Change[]) => changes.map(({ changeType }) => changeType);

  it("says what would be created and creates nothing; once deployed, that nothing changes", async () => {
    const first = await whatIf(accountTemplate, values);
    expect(types(first)).toEqual(["Create", "Create", "Create", "Create"]);
    expect(first[0]?.after).toMatchObject({
      apiVersion: "2025-06-01",
      type: "Microsoft.CognitiveServices/accounts",
      location: "northcentralus",
      sku: { name: "S0" },
    });
    expect(deployer.service.world.state.accounts).toEqual([]);
    expect((await deployer.ask("x")).status).toBe(404);
    await deployer.deployed("whole", accountTemplate, values);
    expect(types(await whatIf(accountTemplate, values))).toEqual(["NoChange", "NoChange", "NoChange", "NoChange"]);
  });

  it("names each property that changes, and what a write without it takes away", async () => {
    const account = (more: object, properties: object = {}) => ({
      type: "Microsoft.CognitiveServices/accounts",
      apiVersion: "2025-06-01",
      name: "Changed",
      location: "North Central US",
      kind: "OpenAI",
      sku: { name: "S0" },
      properties,
      ...more,
    });
    const rule = (value: string) => ({ value });
    const was = account(
      { tags: { team: "a", gone: "x" } },
      { disableLocalAuth: false, networkAcls: { defaultAction: "Deny", ipRules: [rule("1.1.1.1"), rule("2.2.2.2")] } },
    );
    const identity = { type: "SystemAssigned" };
    const will = account(
      { tags: { team: "b", more: "y" }, location: "northcentralus", identity },
      { publicNetworkAccess: "Disabled", networkAcls: { defaultAction: "Deny", ipRules: [rule("1.1.1.1")] } },
    );
    await deployer.deployed("was", template({ resources: [was] }));
    const changes = await whatIf(template({ resources: [will] }));
    expect(types(changes)).toEqual(["Modify"]);
    expect(changes[0]?.delta).toEqual([
      { path: "properties.publicNetworkAccess", propertyChangeType: "Modify", before: "Enabled", after: "Disabled" },
      expect.objectContaining({
        path: "properties.networkAcls.ipRules",
        propertyChangeType: "Array",
        children: [{ path: "1", propertyChangeType: "Delete", before: rule("2.2.2.2") }],
      }),
      { path: "properties.disableLocalAuth", propertyChangeType: "Delete", before: false },
      { path: "tags.team", propertyChangeType: "Modify", before: "a", after: "b" },
      { path: "tags.more", propertyChangeType: "Create", after: "y" },
      { path: "tags.gone", propertyChangeType: "Delete", before: "x" },
      { path: "identity", propertyChangeType: "Create", after: identity },
    ]);
    // And that is what the deployment does.
    await deployer.deployed("will", template({ resources: [will] }));
    expect(types(await whatIf(template({ resources: [will] })))).toEqual(["NoChange"]);
    expect(deployer.service.world.state.accounts[0]?.tags).toEqual({ team: "b", more: "y" });
  });

  it("what else the group has is ignored, and deleted in mode Complete", async () => {
    deployer.service.addAccount("Besides");
    expect(brief(await whatIf(template({})))).toEqual([["Besides", "Ignore"]]);
    expect(brief(await whatIf(template({}), {}, { mode: "Complete" }))).toEqual([["Besides", "Delete"]]);
    expect(deployer.service.world.state.accounts).toHaveLength(1);
  });

  it("opens nested templates, leaves what only the deployment knows as its expression, and hides secrets", async () => {
    const inner = template({
      parameters: { endpoint: { type: "string" }, secret: { type: "securestring" } },
      resources: {
        tags: {
          type: "Microsoft.Resources/tags",
          apiVersion: "2024-11-01",
          name: "default",
          properties: { tags: { endpoint: "[parameters('endpoint')]", secret: "[parameters('secret')]" } },
        },
      },
    });
    const outer = template({
      parameters: { secret: { type: "securestring" } },
      resources: {
        nested: moduleOf(inner, {
          endpoint: { value: "[reference('/subscriptions/x').endpoint]" },
          secret: { value: "[parameters('secret')]" },
        }),
      },
    });
    const [change] = await whatIf(outer, { secret: { value: "hidden" } });
    expect(change?.after).toMatchObject({
      properties: { tags: { endpoint: "[parameters('endpoint')]", secret: "*******" } },
    });
    const named = template({
      parameters: { endpoint: { type: "string" } },
      resources: [{ ...inner.resources.tags, name: "[parameters('endpoint')]", properties: { tags: {} } }],
    });
    const unknown = moduleOf(named, { endpoint: { value: "[reference('/subscriptions/x').endpoint]" } });
    const [unsupported] = await whatIf(template({ resources: { unknown } }));
    expect(unsupported).toMatchObject({
      changeType: "Unsupported",
      unsupportedReason: expect.stringContaining("cannot be calculated until the deployment is under way"),
    });
  });

  it("gives ids alone where they are asked for, and refuses what the deployment refuses", async () => {
    await deployer.deployed("whole", accountTemplate, values);
    const ids = await whatIf(accountTemplate, values, { whatIfSettings: { resultFormat: "ResourceIdOnly" } });
    expect(ids.map((change) => Object.keys(change))).toEqual(ids.map(() => ["resourceId", "changeType"]));
    expect(types(ids)).toEqual(["Deploy", "Deploy", "Deploy", "Deploy"]);
    const { status, body } = await deployer.ask("x/whatIf", "POST", { properties: { template: accountTemplate } });
    expect([status, body]).toMatchObject([400, { error: { code: "InvalidTemplate" } }]);
  });

  it("works for the subscription", async () => {
    const group = {
      type: "Microsoft.Resources/resourceGroups",
      apiVersion: "2024-11-01",
      name: "Made",
      location: "eastus",
    };
    const path = `/subscriptions/${deployer.service.subscriptionId}/providers/Microsoft.Resources/deployments/sub/whatIf`;
    const properties = { mode: "Incremental", template: template({ resources: { group } }), parameters: {} };
    const { headers } = await deployer.ask(path, "POST", { location: "eastus", properties });
    const { pathname, search } = new URL(String(headers.location));
    const { properties: found } = (await deployer.ask(pathname + search)).body as Result;
    expect(brief(found.changes)).toEqual([["Made", "Create"]]);
  });
});
