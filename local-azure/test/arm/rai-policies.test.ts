import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { startForTest, type TestService } from "../../src/testing";
import { cognitiveServices } from "../clients";

const GROUP = "ResourceGroup1";

describe("content filters of an account", () => {
  let service: TestService;
  let client: CognitiveServicesManagementClient;
  beforeAll(async () => {
    service = await startForTest();
    service.addAccount("Filtered");
    client = cognitiveServices(service);
  });
  afterAll(() => service.close());

  const names = async () => {
    const found = [];
    for await (const { name, properties } of client.raiPolicies.list(GROUP, "Filtered"))
      found.push([name, properties?.type]);
    return found;
  };
  const put = (name: string, properties: object) =>
    client.raiPolicies.createOrUpdate(GROUP, "Filtered", name, { properties });
  const SYSTEM = [
    ["Microsoft.Default", "SystemManaged"],
    ["Microsoft.DefaultV2", "SystemManaged"],
  ];

  it("one is made, read in any case, changed and deleted by Azure's own client", async () => {
    const filter = { name: "Hate", enabled: true, blocking: true, severityThreshold: "low", source: "Prompt" };
    const made = await put("Own", {
      basePolicyName: "microsoft.defaultv2",
      mode: "blocking",
      contentFilters: [filter],
    });
    expect(made.properties).toMatchObject({
      type: "UserManaged",
      mode: "Blocking",
      contentFilters: [{ ...filter, severityThreshold: "Low" }],
    });
    expect(await names()).toEqual([...SYSTEM, ["Own", "UserManaged"]]);
    await put("OWN", { mode: "Deferred" });
    expect(await client.raiPolicies.get(GROUP, "Filtered", "own")).toMatchObject({
      name: "Own",
      properties: { mode: "Deferred" },
    });
    await client.raiPolicies.beginDeleteAndWait(GROUP, "Filtered", "Own", { updateIntervalInMs: 1 });
    expect(await names()).toEqual(SYSTEM);
    await expect(client.raiPolicies.get(GROUP, "Filtered", "Own")).rejects.toMatchObject({ code: "ResourceNotFound" });
  });

  it("one that a deployment uses stays until that is gone", async () => {
    await put("Used", {});
    const properties = {
      model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" },
      raiPolicyName: "used",
    };
    await client.deployments.beginCreateOrUpdateAndWait(
      GROUP,
      "Filtered",
      "user",
      { sku: { name: "Standard", capacity: 1 }, properties },
      { updateIntervalInMs: 1 },
    );
    const remove = () => client.raiPolicies.beginDeleteAndWait(GROUP, "Filtered", "Used", { updateIntervalInMs: 1 });
    await expect(remove()).rejects.toThrow("The policy 'Used' can't be deleted: the deployment 'user' uses it.");
    await client.deployments.beginDeleteAndWait(GROUP, "Filtered", "user", { updateIntervalInMs: 1 });
    await remove();
    expect(await names()).toEqual(SYSTEM);
  });

  it.each([
    ["the service's own", "microsoft.default", {}, "InvalidResourceProperties"],
    ["a base that is not there", "Own", { basePolicyName: "Nobody" }, "InvalidRequestContent"],
    ["another mode", "Own", { mode: "Loud" }, "InvalidRequestContent"],
  ])("%s is refused", async (_what, name, properties, code) => {
    await expect(put(name, properties)).rejects.toMatchObject({ statusCode: 400, code });
    expect(await names()).toEqual(SYSTEM);
  });
});
