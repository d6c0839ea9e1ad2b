import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { CognitiveServicesManagementClient, Deployment, Model } from "@azure/arm-cognitiveservices";
import { ADMIN_HEADER } from "../../src/admin/admin-header";
import { deploymentPhase } from "../../src/course/deployment-course";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { cognitiveServices } from "../clients";
import { fineTunedModel } from "../fine-tuned-model";
import { call, tokenFor } from "../https-call";

const GROUP = "ResourceGroup1";
const DAY = 24 * 3600 * 1000;
const base: Deployment = {
  sku: { name: "standard", capacity: 2 },
  properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } },
};
const of = (name: string, sku = "Standard", capacity = 1): Deployment => ({
  sku: { name: sku, capacity },
  properties: { model: { format: "OpenAI", name, version: "1" } },
});

describe("deployments", () => {
  let service: TestService;
  let client: CognitiveServicesManagementClient;
  let account: AccountRecord;
  let tuned: string;
  let mini: string;
  const put = (name: string, body: Deployment) =>
    client.deployments.beginCreateOrUpdateAndWait(GROUP, account.name, name, body, { updateIntervalInMs: 1 });
  const get = (name: string) => client.deployments.get(GROUP, account.name, name);
  const remove = (name: string) => client.deployments.beginDeleteAndWait(GROUP, account.name, name);
  const raw = async (method: string, path: string, body?: unknown, version = "2025-06-01") => {
    const headers = { authorization: `Bearer ${await tokenFor(service, service.deployer)}` };
    return call(service, `${account.id}${path}?api-version=${version}`, { method, headers, body });
  };

  beforeAll(async () => {
    service = await startForTest();
    account = service.addAccount("Deploys");
    tuned = await fineTunedModel(service, account, "first");
    mini = await fineTunedModel(service, account, "second", "gpt-4.1-mini-2025-04-14");
  });
  afterAll(() => service.close());
  beforeEach(() => {
    client = cognitiveServices(service);
    account.deployments = [];
    service.world.state.freedQuota = [];
    Object.assign(service.world.settings, { deploymentSeconds: 0, quotaFreeSeconds: 0, allowModelChange: false });
  });

  it("a base model is there at once, with Azure's spelling of the SKU and the recorded rate limits", async () => {
    const { status, body, headers } = await raw("PUT", "/deployments/base", base);
    expect(status).toBe(201);
    expect(headers["azure-asyncoperation"]).toBeUndefined();
    expect(body).toMatchObject({
      id: `${account.id}/deployments/base`,
      sku: { name: "Standard", capacity: 2 },
      properties: {
        provisioningState: "Succeeded",
        currentCapacity: 2,
        rateLimits: [
          { key: "request", count: 2 },
          { key: "token", count: 2000 },
        ],
      },
    });
  });

  it("capacity may come as a text, as az sends it", async () => {
    const { body } = await raw("PUT", "/deployments/base", { ...base, sku: { name: "Standard", capacity: "3" } });
    expect(body).toMatchObject({ sku: { capacity: 3 } });
  });

  it("a fine-tuned model takes its time: Creating, then Succeeded by the clock", async () => {
    service.world.settings.deploymentSeconds = 30;
    const { status, body, headers } = await raw("PUT", "/deployments/ft", of(tuned));
    expect([status, (body as Deployment).properties?.provisioningState]).toEqual([201, "Creating"]);
    const operation = String(headers["azure-asyncoperation"]).slice(service.origin.length);
    const authorization = `Bearer ${await tokenFor(service, service.deployer)}`;
    expect((await call(service, operation, { headers: { authorization } })).body).toMatchObject({
      status: "InProgress",
    });
    expect((await get("ft")).properties?.provisioningState).toBe("Creating");
    service.advance(30_000);
    expect((await call(service, operation, { headers: { authorization } })).body).toMatchObject({
      status: "Succeeded",
    });
    expect((await get("ft")).properties?.provisioningState).toBe("Succeeded");
  });

  it("while one is being made, every other write on the account is a conflict", async () => {
    service.world.settings.deploymentSeconds = 30;
    await raw("PUT", "/deployments/ft", of(tuned));
    const conflict = {
      statusCode: 409,
      code: "RequestConflict",
      message: expect.stringContaining(
        `Another operation is being performed on the parent resource '${account.id}'. Please try again later.`,
      ),
    };
    await expect(put("other", base)).rejects.toMatchObject(conflict);
    await expect(remove("ft")).rejects.toMatchObject(conflict);
    service.advance(30_000);
    await expect(put("other", base)).resolves.toMatchObject({
      name: "other",
      properties: { provisioningState: "Succeeded" },
    });
  });

  it.each([
    [
      "an unknown model",
      of("gpt-4o-mini-2024-07-18.ft-nowhere"),
      "DeploymentModelNotSupported",
      /Name:gpt-4o-mini-2024-07-18.ft-nowhere/,
    ],
    [
      "another format",
      { ...base, properties: { model: { format: "Meta", name: "x", version: "1" } } },
      "DeploymentModelNotSupported",
      /Format:Meta/,
    ],
    ["an unknown SKU", { ...base, sku: { name: "Premium", capacity: 1 } }, "InvalidResourceProperties", /'Premium'/],
    ["no capacity", { ...base, sku: { name: "Standard", capacity: 0 } }, "InvalidResourceProperties", /'0'/],
    [
      "too much capacity",
      { ...base, sku: { name: "Standard", capacity: 1001 } },
      "InsufficientQuota",
      /This operation require 1001 new capacity in quota Tokens Per Minute \(thousands\) - gpt-4o-mini, which is bigger than the current available capacity 1000\. The current quota usage is 0 and the quota limit is 1000/,
    ],
    ["no model", { sku: base.sku, properties: {} }, "InvalidRequestContent", /properties\.model/],
  ])("%s is refused", async (_what, body, code, message) => {
    await expect(put("bad", body)).rejects.toMatchObject({
      statusCode: 400,
      code,
      message: expect.stringMatching(message),
    });
  });

  it("DeveloperTier is refused for gpt-4o-mini and taken for gpt-4.1-mini", async () => {
    await expect(put("dev", of(tuned, "developertier"))).rejects.toMatchObject({ code: "InvalidResourceProperties" });
    await expect(put("dev", of(mini, "developertier"))).resolves.toMatchObject({ sku: { name: "DeveloperTier" } });
  });

  it("the capacity of a deleted deployment comes back after a while", async () => {
    service.world.settings.quotaFreeSeconds = 20;
    await put("ft", of(tuned, "Standard", 250));
    await remove("ft");
    await expect(put("ft2", of(tuned, "Standard", 1))).rejects.toMatchObject({ code: "InsufficientQuota" });
    service.advance(20_000);
    await expect(put("ft2", of(tuned, "Standard", 1))).resolves.toMatchObject({ name: "ft2", sku: { capacity: 1 } });
  });

  it("another model on an existing deployment is refused unless the setting allows it", async () => {
    await put("same", base);
    await expect(put("same", of(tuned))).rejects.toMatchObject({
      statusCode: 400,
      code: "CannotChangeDeploymentModel",
    });
    service.world.settings.allowModelChange = true;
    await expect(put("same", of(tuned))).resolves.toMatchObject({ properties: { model: { name: tuned } } });
    await expect(put("same", of(tuned, "Standard", 9))).resolves.toMatchObject({ sku: { capacity: 9 } });
  });

  it("ten deployments of fine-tuned models are the limit", async () => {
    for (let n = 0; n < 10; n += 1) await put(`ft-${n}`, of(tuned));
    await expect(put("ft-10", of(tuned))).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining("limit of 10"),
    });
  });

  it("a fine-tuned deployment that nobody uses is gone after 15 days, a base one stays", async () => {
    await put("ft", of(tuned));
    await put("base", base);
    service.advance(15 * DAY - 1);
    client = cognitiveServices(service);
    await expect(get("ft")).resolves.toMatchObject({
      properties: { provisioningState: "Succeeded", model: { name: tuned } },
    });
    service.advance(1);
    await expect(get("ft")).rejects.toMatchObject({ statusCode: 404, code: "ResourceNotFound" });
    await expect(get("base")).resolves.toMatchObject({ name: "base", properties: { provisioningState: "Succeeded" } });
  });

  it("a Developer deployment is gone after 24 hours, used or not", async () => {
    await put("dev", of(mini, "DeveloperTier"));
    service.advance(DAY - 1);
    account.deployments[0]!.lastUsedAt = service.world.clock.now();
    client = cognitiveServices(service);
    await expect(get("dev")).resolves.toMatchObject({
      sku: { name: "DeveloperTier" },
      properties: { provisioningState: "Succeeded" },
    });
    service.advance(1);
    await expect(get("dev")).rejects.toMatchObject({ statusCode: 404 });
  });

  it("an account with deployments can't be deleted; the message names them", async () => {
    await put("base", base);
    await expect(client.accounts.beginDeleteAndWait(GROUP, account.name)).rejects.toMatchObject({
      statusCode: 409,
      code: "CannotDeleteResource",
      message: expect.stringContaining(`'${account.id}/deployments/base'`),
    });
  });

  it("below an account that is not there, the parent is missing", async () => {
    await expect(client.deployments.get(GROUP, "nobody", "x")).rejects.toMatchObject({
      statusCode: 404,
      code: "ParentResourceNotFound",
    });
  });

  it("usages show the capacity in use", async () => {
    await put("ft", of(tuned, "Standard", 7));
    await put("mini", of(mini, "DeveloperTier", 3));
    const used = [];
    for await (const usage of client.usages.list("northcentralus"))
      if ((usage.currentValue ?? 0) > 0) used.push([usage.name?.value, usage.currentValue, usage.limit]);
    expect(used).toContainEqual(["OpenAI.Standard.gpt-4o-mini-finetune", 7, 250]);
    expect(used).toContainEqual(["OpenAI.DeveloperTier.gpt4.1-mini-finetune", 3, 500]);
  });

  it("a region lists a model once for each kind of account, its tuned deployments under names of their own", async () => {
    const listed: Model[] = [];
    for await (const entry of client.models.list("northcentralus")) listed.push(entry);
    const entry = (name: string) => listed.filter(({ model }) => model?.name === name);
    expect(entry("gpt-4.1-mini").map(({ kind, skuName }) => [kind, skuName])).toEqual([
      ["OpenAI", "S0"],
      ["AIServices", "S0"],
    ]);
    const usageNames = (name: string) => entry(name)[0]!.model!.skus!.map((sku) => `${sku.name} ${sku.usageName}`);
    expect(usageNames("gpt-4.1-mini")).toEqual([
      "Standard OpenAI.Standard.gpt4.1-mini",
      "Standard OpenAI.Standard.gpt4.1-mini-finetune",
      "GlobalStandard OpenAI.GlobalStandard.gpt4.1-mini",
      "GlobalStandard OpenAI.GlobalStandard.gpt4.1-mini-finetune",
      "DataZoneStandard OpenAI.DataZoneStandard.gpt4.1-mini",
      "DataZoneStandard OpenAI.DataZoneStandard.gpt4.1-mini-finetune",
      "DeveloperTier OpenAI.DeveloperTier.gpt4.1-mini-finetune",
      "ProvisionedManaged OpenAI.ProvisionedManaged",
    ]);
    // Trained in the developer tier, but not deployed in it (recorded).
    expect(usageNames("gpt-4o-mini").join()).not.toContain("DeveloperTier");
    expect(entry("gpt-4o-mini")[0]!.model!.capabilities).toMatchObject({
      devTierFineTune: "true",
      fineTune: "true",
      maxContextToken: "128000",
      maxOutputToken: "16384",
      responses: "true",
    });
    expect(entry("text-embedding-3-small")[0]!.model!.capabilities).not.toHaveProperty("chatCompletion");
    expect(usageNames("gpt-5").filter((name) => name.endsWith("-finetune"))).toEqual([
      "Standard OpenAI.Standard.gpt-5-2025-08-07-finetune",
    ]);
    expect(entry("gpt-5")[0]!.model!.capabilities).not.toHaveProperty("devTierFineTune");
    expect(usageNames("text-embedding-3-small").join()).not.toContain("-finetune");
    // Each quota that the list names stands among the usages.
    const usages = new Set<string | undefined>();
    for await (const { name } of client.usages.list("northcentralus")) usages.add(name?.value);
    const named = listed.flatMap(({ model }) => model!.skus!.map(({ usageName }) => usageName));
    expect(named.filter((name) => !usages.has(name))).toEqual([]);
  });

  it("a subscription has a limited number of tuned deployments in a region, over all accounts", async () => {
    const other = service.addAccount("Others");
    await put("one", of(tuned));
    const record = account.deployments[0]!;
    other.deployments = Array.from({ length: 9 }, (_, index) => ({ ...record, name: `x${index}`, quota: "x" }));
    await expect(put("two", of(mini))).rejects.toMatchObject({ code: "InsufficientQuota" });
    other.deployments.pop();
    expect((await put("two", of(mini))).name).toBe("two");
    const usages = [];
    for await (const { name, currentValue, limit } of client.usages.list("northcentralus"))
      usages.push([name?.value, currentValue, limit]);
    expect(usages).toContainEqual(["OpenAI.FineTuned.Deployments", 10, 10]);
    other.deployments = [];
  });

  it("without a SKU it is Standard, and of an old api-version what the scale settings say", async () => {
    const { model } = base.properties!;
    const old = { properties: { model, scaleSettings: { scaleType: "Standard", capacity: 3 } } };
    expect((await raw("PUT", "/deployments/plain", { properties: { model } })).body).toMatchObject({
      sku: { name: "Standard", capacity: 1 },
    });
    expect((await raw("PUT", "/deployments/old", old, "2022-12-01")).body).toMatchObject({
      sku: { name: "Standard", capacity: 3 },
    });
    const { status, body } = await raw("PUT", "/deployments/new", old);
    const message =
      "The scale settings of account deployment is deprecated since API version '2023-05-01', please use 'sku' instead.";
    expect([status, body]).toEqual([400, { error: { code: "InvalidResourceProperties", message } }]);
    const nameless = await raw("PUT", "/deployments/new", { sku: { capacity: 1 }, properties: { model } });
    expect(nameless.body).toMatchObject({ error: { message: expect.stringMatching(/sku\.name is required/) } });
  });

  it("refuses a source that is no text, which a typed client would not send", async () => {
    const model = { format: "OpenAI", name: tuned, version: "1", source: 7 };
    const { status, body } = await raw("PUT", "/deployments/bad", { sku: base.sku, properties: { model } });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: "InvalidRequestContent" } });
  });

  it.each<[string, string, number, string, RegExp]>([
    ["more than the tier gives one deployment", "DeveloperTier", 251, "InvalidResourceProperties", /at most 250/],
    [
      "more than is left of its quota",
      "GlobalStandard",
      501,
      "InsufficientQuota",
      /require 501 new capacity .* limit is 500/,
    ],
  ])("a temporary deployment gets no %s", async (_, sku, capacity, code, message) => {
    const refused = put("temporary", of(mini, sku, capacity));
    await expect(refused).rejects.toMatchObject({
      statusCode: 400,
      code,
      message: expect.stringMatching(message) as unknown,
    });
    expect(account.deployments).toEqual([]);
  });

  it("a temporary deployment waits for the quota of one that was deleted", async () => {
    service.world.settings.quotaFreeSeconds = 20;
    await put("first", of(mini, "DeveloperTier", 250));
    await put("second", of(mini, "DeveloperTier", 250));
    await remove("first");
    await expect(put("third", of(mini, "DeveloperTier", 1))).rejects.toMatchObject({ code: "InsufficientQuota" });
    service.advance(20_000);
    expect((await put("third", of(mini, "DeveloperTier", 1))).name).toBe("third");
  });

  it("an account has at most ten deployments of tuned models, whatever the region's quota", async () => {
    await put("one", of(tuned));
    const record = account.deployments[0]!;
    const provisioned = { sku: { name: "ProvisionedManaged", capacity: 25 }, quota: "x" };
    account.deployments = Array.from({ length: 10 }, (_, index) => ({ ...record, ...provisioned, name: `x${index}` }));
    await expect(put("more", of(tuned))).rejects.toMatchObject({ code: "QuotaExceeded" });
  });

  it("provisioned throughput comes in steps, from one quota for all models", async () => {
    await expect(put("ptu", of(mini, "ProvisionedManaged", 10))).rejects.toThrow(/must be a multiple of 25, from 25/);
    await put("ptu", of(mini, "ProvisionedManaged", 75));
    await expect(put("more", of(tuned, "ProvisionedManaged", 50))).rejects.toMatchObject({ code: "InsufficientQuota" });
    expect((await put("more", of(tuned, "ProvisionedManaged", 25))).sku).toMatchObject({ capacity: 25 });
  });

  describe("outcomes that a test asks for", () => {
    const fault = (body: object) =>
      call(service, "/local-azure/accounts/Deploys/deployment-faults", {
        method: "POST",
        headers: { [ADMIN_HEADER]: service.world.state.adminToken },
        body,
      });

    it("fail: the operation fails, the deployment stays as Failed and answers nothing; the next PUT mends it", async () => {
      await fault({ outcome: "fail" });
      await expect(put("unlucky", of(tuned))).rejects.toThrow(/could not be completed/);
      expect((await get("unlucky")).properties?.provisioningState).toBe("Failed");
      await put("unlucky", of(tuned));
      expect((await get("unlucky")).properties?.provisioningState).toBe("Succeeded");
    });

    it("content-safety: the PUT is refused in Azure's words, and nothing is made", async () => {
      await fault({ outcome: "content-safety" });
      const { status, body } = await raw("PUT", "/deployments/unsafe", of(tuned));
      expect(status).toBe(400);
      expect(body).toMatchObject({
        error: { message: expect.stringMatching(/above acceptable thresholds for/) as unknown },
      });
      expect(account.deployments).toEqual([]);
    });

    it("not-ready: Succeeded, but serving so much later", async () => {
      await fault({ outcome: "not-ready", seconds: 600 });
      await put("slow", of(tuned));
      expect((await get("slow")).properties?.provisioningState).toBe("Succeeded");
      expect(deploymentPhase(service.world, account.deployments[0]!).serving).toBe(false);
      service.advance(600_000);
      expect(deploymentPhase(service.world, account.deployments[0]!).serving).toBe(true);
    });

    it.each([{ outcome: "other" }, { outcome: "not-ready" }])("%j is refused", async (body) => {
      expect((await fault(body)).status).toBe(400);
    });
  });
});
