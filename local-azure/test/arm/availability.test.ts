import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { cognitiveServices } from "../clients";
import { call, tokenFor } from "../https-call";
import { fineTunedModel } from "../fine-tuned-model";

const GROUP = "ResourceGroup1";
const TYPE = "Microsoft.CognitiveServices/accounts";

describe("what is available", () => {
  let service: TestService;
  let client: CognitiveServicesManagementClient;
  let account: AccountRecord;
  beforeAll(async () => {
    service = await startForTest();
    client = cognitiveServices(service);
    account = service.addAccount("Asked");
    const model = { format: "OpenAI", name: await fineTunedModel(service, account, "asked"), version: "1" };
    const body = { sku: { name: "GlobalStandard", capacity: 60 }, properties: { model } };
    await client.deployments.beginCreateOrUpdateAndWait(GROUP, "Asked", "tuned", body, { updateIntervalInMs: 1 });
  });
  afterAll(() => service.close());

  it.each([
    ["free", true, undefined],
    ["ASKED", false, /subdomain name 'ASKED' is not available as it's already used/],
    ["-no-", false, /'-no-' is invalid/],
  ])("subdomain %s: %s", async (name, available, reason) => {
    const { isSubdomainAvailable, reason: given } = await client.checkDomainAvailability(name, TYPE);
    expect(isSubdomainAvailable).toBe(available);
    expect(given ?? "").toMatch(reason ?? /^$/);
  });

  it("SKUs by kind and region", async () => {
    const ask = async (location: string, kind: string) =>
      (await client.checkSkuAvailability(location, ["S0", "F0"], kind, TYPE)).value?.map((sku) => sku.skuAvailable);
    expect(await ask("eastus", "OpenAI")).toEqual([true, false]);
    expect(await ask("moon", "OpenAI")).toEqual([false, false]);
    expect(await ask("eastus", "Face")).toEqual([false, false]);
  });

  it("capacities of a model are what its quotas have left, in one region and in all", async () => {
    const found = [];
    for await (const { location, properties } of client.modelCapacities.list("OpenAI", "gpt-4o-mini", "2024-07-18"))
      if (properties?.skuName === "GlobalStandard") found.push([location, properties.availableFinetuneCapacity]);
    expect(found).toContainEqual(["northcentralus", 440]);
    expect(found).toContainEqual(["swedencentral", 500]);
    const here = [];
    for await (const { name, properties } of client.locationBasedModelCapacities.list(
      "North Central US",
      "OpenAI",
      "gpt-4o-mini",
      "2024-07-18",
    ))
      here.push([name, properties?.availableFinetuneCapacity]);
    expect(here).toContainEqual(["GlobalStandard", 440]);
    const none = [];
    for await (const one of client.modelCapacities.list("OpenAI", "gpt-9", "1")) none.push(one);
    expect(none).toEqual([]);
  });

  it("SKUs of a deployment, with their limits", async () => {
    const skus = [];
    for await (const { sku, capacity } of client.deployments.listSkus(GROUP, "Asked", "tuned"))
      skus.push([sku?.name, capacity?.maximum]);
    expect(skus).toContainEqual(["GlobalStandard", 1_000_000]);
    expect(skus.map(([name]) => name)).not.toContain("DeveloperTier");
  });

  it("lists of what can't be made here are empty, and have their place", async () => {
    const plans = [];
    for await (const plan of client.commitmentPlans.list(GROUP, "Asked")) plans.push(plan);
    expect(plans).toEqual([]);
    expect((await client.privateEndpointConnections.list(GROUP, "Asked")).value).toEqual([]);
    const [link] = (await client.privateLinkResources.list(GROUP, "Asked")).value ?? [];
    expect(link?.properties?.requiredZoneNames).toEqual(["privatelink.openai.azure.com"]);
    const headers = { authorization: `Bearer ${await tokenFor(service, service.deployer)}` };
    for (const path of [
      "Microsoft.Authorization/locks?api-version=2020-05-01",
      "Microsoft.Authorization/denyAssignments?api-version=2022-04-01",
      "Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview",
    ]) {
      const { status, body } = await call(service, `${account.id}/providers/${path}`, { headers });
      expect([status, body]).toEqual([200, { value: [] }]);
      const gone = await call(service, `${account.id}x/providers/${path}`, { headers });
      expect(gone.status).toBe(404);
    }
  });
});
