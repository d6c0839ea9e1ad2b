import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accountTemplate, moduleOf, template } from "../bicep-output";
import { Deployer } from "../deployer";

const COMPLETE = { mode: "Complete" };
const account = (name: string, more: object = {}) => ({
  type: "Microsoft.CognitiveServices/accounts",
  apiVersion: "2025-06-01",
  name,
  location: "northcentralus",
  kind: "OpenAI",
  sku: { name: "S0" },
  properties: {},
  ...more,
});

describe("mode Complete", () => {
  let deployer: Deployer;
  beforeEach(async () => {
    deployer = await Deployer.start();
  });
  afterEach(() => deployer.service.close());
  const names = () => deployer.service.world.state.accounts.map(({ name }) => name);

  it("deletes what the group has besides, children first, after the template's own is there; other groups keep theirs", async () => {
    const { service } = deployer;
    service.world.state.resourceGroups.push({ name: "Other", location: "eastus" });
    service.addAccount("Elsewhere").resourceGroup = "Other";
    const principalId = { value: service.stranger.objectId };
    await deployer.deployed("first", accountTemplate, { prefix: { value: "old" }, principalId });
    const only = template({ resources: { kept: account("Kept"), not: account("Unwanted", { condition: false }) } });
    await deployer.deploy("second", only, {}, COMPLETE);
    await deployer.shown("second");
    expect(names()).toHaveLength(3);
    service.advance(5_000);
    const { provisioningState, mode, outputResources } = await deployer.shown("second");
    expect([provisioningState, mode, outputResources?.length]).toEqual(["Succeeded", "Complete", 1]);
    expect(names().sort()).toEqual(["Elsewhere", "Kept"]);
    const { body } = await deployer.ask("second/operations");
    const operations = (body as { value: { properties: Record<string, unknown> }[] }).value;
    expect(operations.map(({ properties }) => properties.provisioningOperation)).toEqual([
      "Create",
      "Delete",
      "Delete",
      "Delete",
    ]);
  });

  it("keeps what a nested template has; one whose condition is false is not in it", async () => {
    await deployer.deployed("first", template({ resources: [account("Was"), account("Nested")] }));
    const nested = moduleOf(template({ resources: [account("Nested")] }), {});
    const skipped = account("Was", { condition: false });
    const { error } = await deployer.deployed("second", template({ resources: { nested, skipped } }), {}, COMPLETE);
    expect(error).toBeUndefined();
    expect(names()).toEqual(["Nested"]);
  });

  it("deletes nothing after a failure, and says when it cannot delete", async () => {
    await deployer.deployed("first", template({ resources: [account("Was")] }));
    const bad = template({ resources: [account("Bad", { location: "nowhere" })] });
    expect((await deployer.deployed("bad", bad, {}, COMPLETE)).error?.code).toBe("DeploymentFailed");
    expect(names()).toEqual(["Was"]);
    const lock = { properties: { level: "CanNotDelete" } };
    const path = `${deployer.group}/providers/Microsoft.CognitiveServices/accounts/Was/providers/Microsoft.Authorization/locks/keep`;
    expect((await deployer.ask(`${path}?api-version=2020-05-01`, "PUT", lock)).status).toBe(201);
    const { error } = await deployer.deployed("locked", template({ resources: [] }), {}, COMPLETE);
    expect(error).toMatchObject({ code: "DeploymentFailedCleanUp", details: [{ code: "ScopeLocked" }] });
    expect(names()).toEqual(["Was"]);
  });

  it("is refused for the subscription and for nested deployments", async () => {
    const path = `/subscriptions/${deployer.service.subscriptionId}/providers/Microsoft.Resources/deployments/sub`;
    const body = { location: "eastus", properties: { ...COMPLETE, template: template({}), parameters: {} } };
    expect((await deployer.ask(path, "PUT", body)).body).toMatchObject({
      error: {
        code: "InvalidDeployment",
        message: expect.stringContaining("mode 'Complete' is not supported for deployment at the current scope"),
      },
    });
    const nested = moduleOf(template({}), {});
    const complete = { ...nested, properties: { ...nested.properties, ...COMPLETE } };
    const { body: refused } = await deployer.deploy("nested", template({ resources: [complete] }));
    expect(JSON.stringify(refused)).toContain("only 'Incremental' is supported for it");
  });
});
