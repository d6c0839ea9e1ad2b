import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import pipeline from "../index";
import { mockProgram, settled, valueOf } from "./support/mocked-program";

const claims = { oid: "11111111-2222-3333-4444-555555555555", idtyp: "app" };
const functions = {
  "azure-native:authorization:getClientToken": {
    token: `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`,
  },
  "azure-native:cognitiveservices:getAccount": { properties: { endpoint: "https://acct.openai.azure.com/" } },
};

/** Runs the program with settings of the stack, and waits for all it registers. */
async function run(settings: Record<string, string> = {}, others: Parameters<typeof mockProgram>[1] = {}) {
  const config: Record<string, string> = { "azure-native:subscriptionId": "sub-1" };
  for (const [name, value] of Object.entries(settings)) config[`azure-openai-finetune:${name}`] = value;
  const program = await mockProgram(functions, others);
  pulumi.runtime.setAllConfig(config);
  const outputs = await pipeline();
  await valueOf(pulumi.output(outputs as object));
  await settled();
  return { program, outputs, types: program.registered.map(({ type }) => type.split(":").at(-1)) };
}

describe("the program", () => {
  const subscription = process.env["ARM_SUBSCRIPTION_ID"];
  beforeEach(() => {
    delete process.env["ARM_SUBSCRIPTION_ID"];
  });
  afterEach(() => {
    if (subscription !== undefined) process.env["ARM_SUBSCRIPTION_ID"] = subscription;
  });

  it("by its defaults goes from the account to the probe, keyless", async () => {
    const { types, outputs } = await run();
    expect([...types].sort()).toEqual(
      [
        ...["OpenAiAccount", "RoleAssignments", "FineTunedModel", "ModelDeployment"],
        ...["AccountPurge", "Account", "RoleAssignment", "RoleAssignment", "RoleAssignment", "RoleAssignment"],
        ...["Dataset", "Dataset", "CostEstimate", "TrainingFile", "TrainingFile", "FineTuningJob", "TrainedModel"],
        ...["ModelVersions", "Deployment", "ChatProbe"],
      ].sort(),
    );
    expect(outputs).not.toHaveProperty("AZURE_OPENAI_API_KEY");
    expect(outputs).not.toHaveProperty("AZURE_OPENAI_API_KEY_2");
    expect(outputs.accountName).toMatch(/^AzureOpenAI-Finetune[0-9a-f]{8}$/);
    expect(await valueOf(outputs.AZURE_OPENAI_ENDPOINT)).toBe("https://acct.openai.azure.com/");
  });

  it("looks for its engine, for whose answer it would wait for ever after a kill", async () => {
    const engine = createServer((socket) => socket.destroy())
      .listen(0, "127.0.0.1")
      .unref();
    await once(engine, "listening");
    process.env["PULUMI_NODEJS_ENGINE"] = `127.0.0.1:${(engine.address() as AddressInfo).port}`;
    const setInterval = jest.spyOn(global, "setInterval");
    await run();
    delete process.env["PULUMI_NODEJS_ENGINE"];
    const call = setInterval.mock.calls.findIndex(([, delay]) => delay === 10_000);
    const look = setInterval.mock.calls[call]![0];
    // Or it would end this process when the engine is gone.
    clearInterval(setInterval.mock.results[call]!.value as NodeJS.Timeout);
    setInterval.mockRestore();
    look();
    expect(await once(engine, "connection")).toHaveLength(1);
    engine.close();
  });

  it("names its outputs so that a shell can take them over", async () => {
    const { outputs } = await run();
    expect(Object.keys(outputs).filter((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))).toEqual([]);
  });

  it("localAuth true hands out both keys", async () => {
    const { outputs, types } = await run({ localAuth: "true" });
    expect(types).toContain("AccountKeys");
    expect(outputs.AZURE_OPENAI_API_KEY && (await valueOf(outputs.AZURE_OPENAI_API_KEY))).toBe("k1");
    expect(outputs.AZURE_OPENAI_API_KEY_2 && (await valueOf(outputs.AZURE_OPENAI_API_KEY_2))).toBe("k2");
  });

  it("the deployment's name is an output under the name that clients read, too", async () => {
    const { outputs } = await run({ deploy: '{"name":"chat-ft","switch":"recreate"}' });
    expect(await valueOf(outputs.AZURE_OPENAI_DEPLOYMENT!)).toBe("chat-ft");
  });

  it("deploy.baseModel.enabled deploys the base model too, by a name that follows from the model", async () => {
    const { program, outputs } = await run({ deploy: '{"baseModel":{"enabled":true}}', model: "gpt-4o-mini" });
    expect(program.find("serving-base-model").inputs).toMatchObject({
      deploymentName: "gpt-4o-mini-2024-07-18-base",
      sku: { name: "Standard", capacity: 10 },
      properties: { model: { format: "OpenAI", name: "gpt-4o-mini", version: "2024-07-18" } },
    });
    expect(program.find("serving-base-model").order).toBeGreaterThan(program.find("serving-deployment").order);
    expect(outputs.baseModelDeploymentName).toBe("gpt-4o-mini-2024-07-18-base");
    const { types } = await run({ deploy: '{"enabled":false,"baseModel":{"enabled":true}}' });
    expect(types).not.toContain("Deployment");
  });

  it("deploy.enabled false keeps the model and hosts nothing", async () => {
    const { types, outputs } = await run({ deploy: '{"enabled":false}' });
    expect(types).toContain("TrainedModel");
    expect(types).not.toContain("Deployment");
    expect(types).not.toContain("ChatProbe");
    expect(outputs.deploymentName).toBeUndefined();
    expect(outputs.AZURE_OPENAI_DEPLOYMENT).toBeUndefined();
    expect(outputs.probeQuestion).toBeUndefined();
  });

  describe("promote.stack", () => {
    const source = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/dev-ai";
    const trained = {
      ...{
        version: 2,
        status: "serving",
        jobId: "ftjob-2",
        trainingKey: "abcdef0123456789",
        fineTunedModel: "gpt.ft-2",
      },
      ...{ base: "gpt-4.1-mini-2025-04-14", checkpoint: "last", trainingSha256: "a", trainedAt: 1, adopted: false },
    };
    const other = {
      StackReference: {
        outputs: { versions: [trained], subscriptionId: "s", resourceGroupName: "g", accountName: "dev-ai" },
      },
    };
    const register = {
      servedModel: "gpt.ft-2",
      servedKey: "abcdef0123456789",
      servedCheckpoint: "last",
      servedFrom: source,
    };

    it("serves that stack's model, named after its base model, without data, files or job", async () => {
      const settings = { promote: '{"stack":"test"}', deploy: '{"baseModel":{"enabled":true}}' };
      const { program, outputs, types } = await run(settings, { ...other, ModelVersions: register });
      const made = ["Dataset", "TrainingFile", "FineTuningJob", "TrainedModel", "Evaluation"];
      expect(types.filter((type) => made.includes(type!))).toEqual([]);
      expect(program.find("finetune-versions").inputs).toMatchObject({
        ...{ jobId: "ftjob-2", base: "gpt-4.1-mini-2025-04-14" },
        promotedFrom: { stack: "test", version: 2, accountId: source },
      });
      expect(program.find("serving-deployment").inputs).toMatchObject({
        deploymentName: "gpt-4.1-mini-2025-04-14-ft-abcdef",
        properties: { model: { format: "OpenAI", name: "gpt.ft-2", version: "1", source } },
      });
      expect(program.find("serving-base-model").inputs["deploymentName"]).toBe("gpt-4.1-mini-2025-04-14-base");
      const promotedFrom = { stack: "test", version: 2 };
      expect(outputs).toMatchObject({ jobId: "ftjob-2", promotedFrom });
      expect(outputs.lineage).toEqual({
        ...{ version: 1, base: { model: trained.base }, datasets: [{ role: "training", sha256: "a" }] },
        ...{ promotedFrom: { ...promotedFrom, accountId: source, jobId: "ftjob-2" } },
        model: { name: "gpt.ft-2", checkpoint: "last" },
      });
      expect(outputs).not.toHaveProperty("trainedTokens");
    });

    it("evaluates it first, if that is set, with the name of the deployment and the probe's patience", async () => {
      const settings = {
        ...{ promote: '{"stack":"test"}', probe: '{"waitMinutes":7}' },
        evaluation: '{"enabled":true,"cases":"c.jsonl","minGain":0}',
      };
      const verdict = { passed: true, reasons: [], summary: "0.74 on 9 cases", key: "k", evaluatedAt: 1 };
      const { program, outputs, types } = await run(settings, {
        ...{ ...other, ModelVersions: { ...register, rejected: "" }, Evaluation: verdict },
      });
      expect(program.find("finetune-evaluation").inputs).toMatchObject({
        ...{ candidate: "gpt.ft-2", sourceAccount: source, cases: "c.jsonl", waitMinutes: 7, rule: { minGain: 0 } },
        deployment: { name: "gpt-4.1-mini-2025-04-14-ft", sku: "Standard" },
      });
      expect(program.find("finetune-versions").inputs).toMatchObject({ evaluation: verdict });
      expect(program.find("serving-gate").inputs).toMatchObject({ rejected: "" });
      expect(await valueOf(outputs.evaluation as pulumi.Output<string>)).toBe("0.74 on 9 cases");
      expect(types).not.toContain("EvaluationSet");
    });

    it("prices its hosting, and the base model's beside it, and no training", async () => {
      const settings = {
        ...{ promote: '{"stack":"test"}', budget: '{"maxHostingUsdPerMonth":2000}' },
        deploy: '{"sku":"ProvisionedManaged","capacity":50,"baseModel":{"enabled":true,"sku":"GlobalStandard"}}',
      };
      const { program } = await run(settings, { ...other, ModelVersions: register });
      const { inputs } = program.find("finetune-cost");
      expect(inputs).toMatchObject({
        ...{ model: "gpt-4.1-mini-2025-04-14", hostingOnly: true, deploy: true, deploymentSku: "ProvisionedManaged" },
        ...{ capacity: 50, baseModel: { sku: "GlobalStandard" }, budget: { maxHostingUsdPerMonth: 2000 } },
      });
      expect(inputs).not.toHaveProperty("trainingType");
      expect(inputs).not.toHaveProperty("trainingTokens");
    });

    it("names no account where the stack's own has the model", async () => {
      const inPlace = { ...register, servedFrom: "" };
      const { program } = await run({ promote: '{"stack":"test"}' }, { ...other, ModelVersions: inPlace });
      const { model } = program.find("serving-deployment").inputs["properties"] as { model: object };
      expect(model).not.toHaveProperty("source");
    });

    it("a deployment type that no model tuned from that base model has ends it", async () => {
      const settings = { promote: '{"stack":"test"}', deploy: '{"sku":"Nonsense"}' };
      await expect(run(settings, other)).rejects.toThrow(/^deploy\.sku can't be used: /);
    });
  });

  it("a stack's register is an output, for those that promote one of its versions", async () => {
    const versions = [
      { version: 2, jobId: "ftjob-2", status: "rejected" },
      { version: 1, jobId: "ftjob-1", status: "serving" },
    ];
    const { outputs } = await run(
      {},
      { ModelVersions: { versions, servedModel: "m", servedKey: "abcdef", servedCheckpoint: "last" } },
    );
    expect(await valueOf(outputs.versions)).toEqual(versions);
    expect(await valueOf(outputs.servingJobId)).toBe("ftjob-1");
  });

  it("roles.manage false assigns nothing and asks nobody who deploys", async () => {
    const { types, program } = await run({ roles: '{"manage":false}' });
    expect(types).not.toContain("RoleAssignment");
    expect(program.called.map(({ token }) => token)).not.toContain("azure-native:authorization:getClientToken");
  });

  it.each<[Record<string, string>, boolean | undefined]>([
    [{}, undefined],
    [{ retain: '{"model":true}' }, true],
    [{ retain: '{"files":true}' }, true],
    [{ existingJobId: `ftjob-${"a".repeat(32)}` }, true],
    [{ existingJobId: `ftjob-${"a".repeat(32)}`, retain: '{"adopted":false}' }, undefined],
  ])("with %j the account is kept from the purge: %p", async (settings, keep) => {
    const { program } = await run(settings);
    expect(program.find("openai-purge").inputs["keep"]).toBe(keep);
  });

  it("a wrong setting ends it before anything is registered", async () => {
    await expect(run({ deploy: '{"switch":"green"}' })).rejects.toThrow(/^deploy\.switch is "green"; expected/);
  });
});
