import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { contentFilters, type ContentFilterRow } from "../../catalog";
import { type PackConfig, PolicyPackProcess, type TestResource, type Violation } from "./policy-pack";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const account = (changes: { properties?: object; [key: string]: unknown } = {}): TestResource => ({
  type: "azure-native:cognitiveservices:Account",
  name: "openai-account",
  props: {
    accountName: "AzureOpenAI-Finetune21",
    location: "northcentralus",
    kind: "OpenAI",
    sku: { name: "S0" },
    tags: { Owner: "ml-platform", CostCenter: "4711" },
    ...changes,
    properties: {
      customSubDomainName: "azureopenai-finetune21",
      disableLocalAuth: true,
      publicNetworkAccess: "Enabled",
      networkAcls: { defaultAction: "Deny", ipRules: [{ value: "203.0.113.0/24" }] },
      ...changes.properties,
    },
  },
});
const deployment = (sku: object = {}, options: Partial<TestResource> = {}): TestResource => ({
  type: "azure-native:cognitiveservices:Deployment",
  name: "serving-deployment",
  props: {
    deploymentName: "tuned",
    sku: { name: "Standard", capacity: 1, ...sku },
    properties: { model: { name: unknown } },
  },
  ...options,
});
/** The same account where it isn't the stack's: what it is, its owner decides. */
const existing = (changes: Parameters<typeof account>[0] = {}): TestResource => {
  const { tags: _, ...props } = account(changes).props;
  return { type: "pulumi-nodejs:dynamic/finetune:ExistingAccount", name: "openai-existing", props };
};
const sharedDeployment = (sku: object = {}): TestResource => ({
  ...deployment(sku),
  type: "pulumi-nodejs:dynamic/finetune:SharedDeployment",
});
const filter = (properties: object = {}): TestResource => ({
  type: "azure-native:cognitiveservices:RaiPolicy",
  name: "filter-policy",
  props: {
    raiPolicyName: "finetune-filter",
    properties: { mode: "Default", contentFilters: contentFilters([]), ...properties },
  },
});
const endpoint: TestResource = { type: "azure-native:network:PrivateEndpoint", name: "endpoint-endpoint", props: {} };
const setting = (...categories: string[]): TestResource => ({
  type: "azure-native:monitor:DiagnosticSetting",
  name: "diagnostics-setting",
  props: { logs: categories.map((category) => ({ category, enabled: true })), metrics: [] },
});
const filterWith = (...rows: ContentFilterRow[]) => filter({ contentFilters: contentFilters(rows) });
const cost = (estimate: object = {}): TestResource => ({
  type: "pulumi-nodejs:dynamic/finetune:CostEstimate",
  name: "finetune-cost",
  props: {
    model: "gpt-4o-mini-2024-07-18",
    estimate: { trainingUsd: { low: 10, high: 20 }, hostingUsdPerMonth: 1241, ...estimate },
  },
});
const costOf = (model: string): TestResource => ({ ...cost(), props: { ...cost().props, model } });
const job = (model = "gpt-4o-mini-2024-07-18"): TestResource => ({
  type: "pulumi-nodejs:dynamic/finetune:FineTuningJob",
  name: "finetune-job",
  props: { model, method: "supervised", trainingFileId: unknown },
});
const jobWith = (extraBody: object): TestResource => {
  const { props, ...rest } = job();
  return { ...rest, props: { ...props, extraBody } };
};
const model = (gate: object | undefined, stack: string): TestResource => ({
  type: "pulumi-nodejs:dynamic/finetune:TrainedModel",
  name: "finetune-model",
  props: { jobId: unknown, checkpoint: "last", gate },
  stack,
});

/** Dates of retirement come nearer while the tests grow older. */
const early: PackConfig = { "model-retirement": { today: "2026-11-23" } };

describe("the policy pack", () => {
  let pack: PolicyPackProcess;
  beforeAll(async () => {
    pack = await PolicyPackProcess.start();
  }, 30_000);
  afterAll(() => pack.stop());

  async function broken(resource: TestResource, config: PackConfig = {}): Promise<Violation[]> {
    await pack.configure({ ...early, ...config });
    return pack.analyze(resource);
  }

  it.each([
    account(),
    existing(),
    deployment(),
    sharedDeployment(),
    filter(),
    filterWith({ name: "Hate", severityThreshold: "Low" }, { name: "Indirect Attack" }),
    cost(),
    job(),
    model({ maxValidationLoss: 2 }, "prod"),
    model({ minReward: 0 }, "prod"),
  ])("has nothing against a clean $type", async (resource) => {
    expect(await broken(resource)).toEqual([]);
  });

  const violating: [string, string, TestResource, PackConfig, RegExp][] = [
    ...(
      [
        ["keys-disabled", { properties: { disableLocalAuth: false } }, {}],
        ["public-network-access", { properties: { networkAcls: undefined } }, {}],
        [
          "network-acls",
          { properties: { networkAcls: { defaultAction: "Deny", ipRules: [{ value: "10.0.0.0/8" }] } } },
          {},
        ],
        ["allowed-regions", { location: "westeurope" }, {}],
      ] as [string, Record<string, unknown>, PackConfig][]
    ).map(([rule, changes, config]): [string, string, TestResource, PackConfig, RegExp] => [
      rule,
      "an existing account, whose owner is asked",
      existing(changes),
      config,
      /existing account, which its owner configures: ask them/,
    ]),
    [
      "customer-key",
      "Microsoft's keys",
      account(),
      { "customer-key": { required: true } },
      /encrypted with Microsoft's keys/,
    ],
    ["content-filter", "off", filterWith({ name: "Jailbreak", enabled: false }), {}, /Jailbreak \(Prompt\) is off/],
    [
      "content-filter",
      "from a higher severity",
      filterWith({ name: "Hate", severityThreshold: "High", source: "Prompt" }),
      { "content-filter": { weaker: ["Violence"] } },
      /weaker than Microsoft\.DefaultV2: Hate \(Prompt\) is filtered from severity High instead of Medium/,
    ],
    ["content-filter", "too late", filter({ mode: "Asynchronous_filter" }), {}, /already being streamed/],
    ["deployment-size", "in an account of others", sharedDeployment({ capacity: 51 }), {}, /deploy\.capacity/],
    [
      "keys-disabled",
      "keys are accepted",
      account({ properties: { disableLocalAuth: false } }),
      {},
      /localAuth: false/,
    ],
    [
      "keys-disabled",
      "nothing is said of keys",
      account({ properties: { disableLocalAuth: undefined } }),
      {},
      /localAuth: false/,
    ],
    [
      "public-network-access",
      "everyone gets in",
      account({ properties: { networkAcls: undefined } }),
      {},
      /can be reached from any network/,
    ],
    [
      "public-network-access",
      "rules allow by default",
      account({ properties: { networkAcls: { defaultAction: "Allow" } } }),
      {},
      /defaultAction: Deny/,
    ],
    [
      "public-network-access",
      "private endpoints alone are allowed",
      account(),
      { "public-network-access": { allow: "disabled" } },
      /private endpoint/,
    ],
    [
      "network-acls",
      "a range is as wide as the world",
      account({ properties: { networkAcls: { defaultAction: "Deny", ipRules: [{ value: "0.0.0.0/0" }] } } }),
      {},
      /0\.0\.0\.0\/0 is wider than \/16/,
    ],
    [
      "network-acls",
      "a range is not the company's",
      account(),
      { "network-acls": { allowedRanges: ["198.51.100.0/24"] } },
      /is not in any of 198/,
    ],
    [
      "allowed-regions",
      "the region is another one",
      account({ location: "North Europe" }),
      {},
      /North Europe; expected/,
    ],
    [
      "allowed-regions",
      "the team allows one region",
      account(),
      { "allowed-regions": { regions: ["Sweden Central"] } },
      /expected swedencentral/,
    ],
    [
      "deployment-size",
      "the deployment type is not allowed",
      deployment({ name: "GlobalStandard" }),
      {},
      /The type of the deployment is GlobalStandard; expected Standard.*`deploy\.sku`/,
    ],
    [
      "deployment-size",
      "the type of the base model's deployment is not allowed",
      { ...deployment({ name: "GlobalStandard" }), name: "serving-base-model" },
      {},
      /The type of the base model's deployment is GlobalStandard.*`deploy\.baseModel\.sku`/,
    ],
    [
      "deployment-size",
      "the capacity is over the limit",
      deployment({ capacity: 51 }),
      {},
      /capacity of the deployment is 51; expected at most 50/,
    ],
    ["deployment-size", "the account's tier is another one", account({ sku: { name: "F0" } }), {}, /tier is F0/],
    [
      "account-kind",
      "the account is a Foundry account",
      account({ kind: "AIServices" }),
      { "account-kind": { kinds: ["OpenAI"] } },
      /The account is of kind AIServices; expected OpenAI\. Remove `account\.kind`/,
    ],
    [
      "account-kind",
      "the account is none",
      account(),
      { "account-kind": { kinds: ["AIServices"] } },
      /The account is of kind OpenAI; expected AIServices\. Set `account\.kind` to AIServices\./,
    ],
    [
      "account-kind",
      "the existing account is of another kind",
      existing({ kind: "AIServices" }),
      { "account-kind": { kinds: ["OpenAI"] } },
      /It is an existing account, which its owner configures/,
    ],
    [
      "allowed-models",
      "the model is another publisher's",
      costOf("Llama-3.3-70B-Instruct"),
      {},
      /The model is llama-3\.3-70b-instruct, which is deployed in the Meta format; only OpenAI's/,
    ],
    ["allowed-models", "the model is gpt-oss", costOf("gpt-oss-20b-11"), {}, /gpt-oss-20b, .* OpenAI-OSS format/],
    [
      "allowed-models",
      "the model is not listed",
      costOf("gpt-4o-mini-2024-07-18"),
      { "allowed-models": { models: ["gpt-4.1", "gpt-oss-20b"] } },
      /The model is gpt-4o-mini-2024-07-18; expected gpt-4\.1, gpt-oss-20b\. Choose another `model`\./,
    ],
    ["required-tags", "a tag is missing", account({ tags: { owner: "ml-platform" } }), {}, /missing: costCenter/],
    ["required-tags", "a tag is empty", account({ tags: { owner: " ", costCenter: "1" } }), {}, /missing: owner/],
    ["required-tags", "there are none", account({ tags: undefined }), {}, /missing: owner, costCenter/],
    [
      "training-cost",
      "training is over the ceiling",
      cost(),
      { "training-cost": { maxUsd: 19.99 } },
      /may cost \$20\.00; the limit is \$19\.99/,
    ],
    ["training-cost", "there is no price", cost({ trainingUsd: null }), {}, /no price/],
    [
      "hosting-cost",
      "hosting is over the ceiling",
      cost(),
      { "hosting-cost": { maxUsdPerMonth: 1000 } },
      /\$1241\.00 a month/,
    ],
    [
      "model-retirement",
      "training ends soon",
      job(),
      { "model-retirement": { today: "2027-01-15" } },
      /From 2027-04-01, \S+ can no longer be fine-tuned \(76 days/,
    ],
    [
      "model-retirement",
      "a tuned model's base goes",
      job("gpt-4o-mini-2024-07-18.ft-0123456789abcdef0123456789abcdef-a"),
      { "model-retirement": { today: "2027-04-02" } },
      /2027-04-01/,
    ],
    [
      "extra-request-fields",
      "a field is not accepted",
      jobWith({ method: { supervised: { rank: 8 } }, priority: "high" }),
      { "extra-request-fields": { enforcementLevel: "mandatory", fields: ["priority"] } },
      /contains method\.supervised\.rank \(job\.extraBody\), which/,
    ],
    [
      "protected-production",
      "the deployment is unprotected",
      deployment({}, { stack: "prod" }),
      {},
      /deployment is not protected/,
    ],
    [
      "protected-production",
      "the account is unprotected",
      { ...account(), stack: "production" },
      {},
      /account is not protected/,
    ],
    [
      "protected-production",
      "a stack's name begins so",
      { ...account(), stack: "live-eu" },
      { "protected-production": { stacks: ["live-*"] } },
      /account is not protected/,
    ],
    [
      "production-deployment",
      "the deployment lasts a day",
      deployment({ name: "DeveloperTier" }, { stack: "prod", protect: true }),
      { "deployment-size": "disabled" },
      /after 24 hours/,
    ],
    [
      "production-deployment",
      "the switch leaves a gap",
      deployment({}, { stack: "prod", protect: true, deleteBeforeReplace: true }),
      {},
      /blueGreen/,
    ],
    [
      "promoted-only",
      "a stack that should promote trains",
      { ...job(), stack: "live-eu" },
      { "promoted-only": { stacks: ["live-*"] }, ...early },
      /stack live-eu trains its own model\. Set `promote\.stack`/,
    ],
    ["production-deployment", "there is no gate", model({}, "prod"), {}, /deploy\.gate/],
  ];
  it.each(violating)("%s: %s", async (policy, _case, resource, config, message) => {
    const found = await broken(resource, config);
    expect(found.map((violation) => [violation.policy, violation.level])).toEqual([[policy, "mandatory"]]);
    expect(found[0]!.message).toMatch(message);
  });

  it.each([...new Set(violating.map(([policy]) => policy))])("%s can be made advisory, or disabled", async (policy) => {
    const [, , resource, config] = violating.find(([name]) => name === policy)!;
    const own = config[policy];
    const settings = typeof own === "object" ? own : {};
    const at = (enforcementLevel: string) =>
      broken(resource, { ...config, [policy]: { ...(early[policy] as object), ...settings, enforcementLevel } });
    expect(await at("advisory")).toMatchObject([{ policy, level: "advisory" }]);
    expect(await at("disabled")).toEqual([]);
  });

  it("reports fields without a setting without stopping, unless it is told to", async () => {
    expect(await broken(jobWith({ priority: "high" }), {})).toMatchObject([
      { policy: "extra-request-fields", level: "advisory", message: expect.not.stringContaining("high") },
    ]);
  });

  it.each([
    [
      "a protected production deployment",
      deployment({}, { stack: "prod", protect: true, deleteBeforeReplace: false }),
      {},
    ],
    ["an unprotected deployment of another stack", deployment({}, { stack: "dev" }), {}],
    [
      "an account without public access",
      account({ properties: { publicNetworkAccess: "Disabled", networkAcls: undefined } }),
      {},
    ],
    ["an address in the company's ranges", account(), { "network-acls": { allowedRanges: ["203.0.0.0/16"] } }],
    ["a model that the catalog does not know", job("some-model"), {}],
    ["a training in production, where nothing says that it promotes", { ...job(), stack: "prod" }, early],
    [
      "a developer's deployment where it is allowed",
      deployment({ name: "developertier" }),
      { "deployment-size": { skus: ["DeveloperTier"] } },
    ],
    ["a Foundry account", account({ kind: "AIServices" }), {}],
    [
      "a model of another publisher that is listed",
      costOf("gpt-oss-20b-11"),
      { "allowed-models": { models: ["gpt-oss-20b"] } },
    ],
  ] as [string, TestResource, PackConfig][])("allows %s", async (_case, resource, config) => {
    expect(await broken(resource, config)).toEqual([]);
  });

  it("says that it can't tell, where a value is not known before the update", async () => {
    const found = await broken({ ...account(), props: { ...account().props, location: unknown } });
    expect(found).toMatchObject([{ policy: "allowed-regions", level: "advisory" }]);
    expect(found[0]!.message).toMatch(/can't run policy 'allowed-regions'.* during preview/);
  });

  describe("two models of one program", () => {
    const second = (estimate: object = {}) => ({ ...cost(estimate), name: "critic-cost" });

    it("are held to the ceiling of hosting together, once both are known", async () => {
      await pack.configure({ ...early, "hosting-cost": { maxUsdPerMonth: 2000 } });
      for (const one of [cost(), second()]) expect(await pack.analyze(one)).toEqual([]);
      expect(await pack.analyzeStack([account(), cost(), second()])).toMatchObject([
        {
          policy: "hosting-cost",
          level: "mandatory",
          message: expect.stringContaining("Hosting 2 models costs $2482.00"),
        },
      ]);
    });

    it.each([
      ["below the ceiling", { maxUsdPerMonth: 2482 }, second()],
      ["of which one is not hosted", { maxUsdPerMonth: 1300 }, second({ hostingUsdPerMonth: 0 })],
    ])("are let through %s", async (_which, settings, other) => {
      await pack.configure({ ...early, "hosting-cost": settings });
      expect(await pack.analyzeStack([account(), cost(), other])).toEqual([]);
    });

    it("are each held to the ceiling of a training", async () => {
      await pack.configure({ ...early, "training-cost": { maxUsd: 30 } });
      expect(await pack.analyze(cost())).toEqual([]);
      expect(await pack.analyze(second({ trainingUsd: { low: 20, high: 40 } }))).toMatchObject([
        { policy: "training-cost", message: expect.stringContaining("Training may cost $40.00") },
      ]);
    });
  });

  describe("what must be around the account", () => {
    const required: PackConfig = {
      ...early,
      "private-endpoint": { required: true },
      diagnostics: { categories: ["Audit", "Trace"] },
      "customer-key": { required: true },
    };
    const encrypted = account({ properties: { encryption: { keySource: "Microsoft.KeyVault" } } });

    it("is named where it is missing", async () => {
      await pack.configure(required);
      const found = await pack.analyzeStack([encrypted, setting("Audit")]);
      expect(found.map(({ policy, message }) => [policy, message])).toEqual([
        ["private-endpoint", expect.stringContaining("The account has no private endpoint.")],
        ["diagnostics", expect.stringContaining("The account doesn't send the categories Trace to a workspace.")],
      ]);
    });

    it("is not asked for without settings, nor of a stack without an account of its own", async () => {
      await pack.configure(early);
      expect(await pack.analyzeStack([account()])).toEqual([]);
      await pack.configure(required);
      expect(await pack.analyzeStack([existing()])).toEqual([]);
      expect(await pack.analyze(encrypted)).toEqual([]);
      expect(await pack.analyzeStack([encrypted, endpoint, setting("Audit", "Trace", "RequestResponse")])).toEqual([]);
    });
  });

  describe("plaintext-secrets", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "policy-settings-"));
    afterAll(() => rmSync(folder, { recursive: true }));

    async function found(yaml: string): Promise<string[]> {
      const settingsFile = path.join(folder, "Pulumi.test.yaml");
      writeFileSync(settingsFile, yaml);
      await pack.configure({ "plaintext-secrets": { settingsFile } });
      return (await pack.analyzeStack([account()])).map(({ level, message }) => `${level}: ${message}`);
    }

    it.each([
      ["azure-native:clientSecret: correct-horse-battery", "azure-native:clientSecret"],
      ["azure-openai-finetune:metadata: { wandb_api_key: abc }", "azure-openai-finetune:metadata.wandb_api_key"],
      ["azure-openai-finetune:tags: { note: sk-proj-0123456789abcdef0123 }", "azure-openai-finetune:tags.note"],
      ["azure-openai-finetune:tags: { note: 0123456789abcdef0123456789abcdef }", "azure-openai-finetune:tags.note"],
      ["azure-openai-finetune:tags: { note: AKIAIOSFODNN7EXAMPLF }", "azure-openai-finetune:tags.note"],
      [`azure-openai-finetune:tags: { note: glpat-${"aB3dE5fG7h".repeat(2)} }`, "azure-openai-finetune:tags.note"],
      ["azure-openai-finetune:catalogFile: https://u:S3cretPw9@contoso.com/c", "azure-openai-finetune:catalogFile"],
    ])("finds %s", async (line, setting) => {
      const messages = await found(`config:\n  ${line}\n`);
      expect(messages).toHaveLength(1);
      expect(messages[0]).toContain(
        `mandatory: The stack's settings contain no secret in plain text.\nPulumi.test.yaml: ${setting} is`,
      );
      expect(messages[0]).not.toMatch(/correct-horse|sk-proj|0123456789abcdef/);
    });

    it("accepts encrypted values and settings that only sound like secrets", async () => {
      const yaml = [
        "encryptionsalt: v1:0123456789abcdef=:v1:0123456789abcdef",
        "config:",
        "  azure-native:clientSecret: { secure: AAABAKq9 }",
        "  azure-native:oidcTokenFilePath: /run/token",
        "  azure-openai-finetune:probe: { maxTokens: 100 }",
        "  azure-openai-finetune:deploy: { gate: { minTokenAccuracy: 0.7 } }",
        "  azure-openai-finetune:resourceGroupName: ResourceGroup1",
      ];
      expect(await found(yaml.join("\n"))).toEqual([]);
    });

    it("reads the stack's own file when none is named", async () => {
      await pack.configure({});
      expect(await pack.analyzeStack([account()])).toEqual([]);
    });
  });

  it("answers what the engine asks first", async () => {
    expect(await pack.version()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("describes every rule and its settings to the engine", async () => {
    const { policiesList } = await pack.info();
    const tested = new Set([
      ...violating.map(([policy]) => policy),
      "plaintext-secrets",
      "private-endpoint",
      "diagnostics",
    ]);
    expect(new Set(policiesList.map((policy) => policy.name))).toEqual(tested);
    for (const policy of policiesList) expect(policy.description).toMatch(/^[A-Z].*\.$/);
  });
});
