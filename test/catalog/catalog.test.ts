import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import {
  findModel,
  graderModels,
  graderSentences,
  isProvisioned,
  overrideCatalog,
  priceHosting,
  priceTraining,
  retirementWarnings,
  rolesByName,
  shippedCatalog,
  supportProblems,
  trainingTypeOf,
  tunableModels,
} from "../../catalog";
import { temporaryFolder } from "../support/temporary-folder";

const overrideFile = (content: unknown) => {
  const file = path.join(temporaryFolder("catalog-test"), "catalog.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
};
const model = (name: string) => findModel(name)!;

describe("the shipped catalog", () => {
  const date = /^\d{4}-\d\d-\d\d$/;
  it.each(shippedCatalog.models.map((entry) => [entry.id, entry] as const))("%s is sound", (id, entry) => {
    expect(id).toBe(id.toLowerCase());
    expect(Object.values(entry.retirement).every((day) => date.test(day))).toBe(true);
    expect(entry.truncationFrom ?? 0).toBeLessThan(entry.trainingContext ?? Infinity);
    for (const type of entry.trainingTypes) expect(trainingTypeOf(type)).toBe(type);
    expect(entry.trainingTypes.includes("Standard")).toBe(entry.standardTrainingRegions.length > 0);
  });

  it("has at a date the price of training each model that can be tuned, for each of its training types", () => {
    const { asOf, training } = shippedCatalog.prices;
    expect(asOf).toMatch(date);
    const unpriced = tunableModels().flatMap((id) => {
      const price = training.find(({ model }) => model === id);
      return findModel(id)!.trainingTypes.flatMap((type) => (price?.usd[type] === undefined ? [`${id} ${type}`] : []));
    });
    // Azure invites whoever may tune gpt-5, and publishes no price; of Qwen models no public list has one.
    expect(unpriced).toEqual([
      ...["Standard", "DataZone", "GlobalStandard"].map((type) => `gpt-5-2025-08-07 ${type}`),
      ...["DataZone", "GlobalStandard"].map((type) => `qwen3-32b ${type}`),
    ]);
  });

  it("has the prices of a model's answers for each type in which it is deployed, provisioned units apart", () => {
    const { inference } = shippedCatalog.prices;
    const unpriced = tunableModels().flatMap((id) => {
      const usd = inference.find(({ model }) => model === id)?.usd ?? {};
      return findModel(id)!.deploymentSkus.flatMap((sku) => (isProvisioned(sku) || usd[sku] ? [] : [`${id} ${sku}`]));
    });
    expect(unpriced).toEqual(["gpt-5-2025-08-07 Standard", "qwen3-32b GlobalStandard"]);
  });

  it("has the role ids as GUIDs", () => {
    for (const id of Object.values(rolesByName)) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

describe("findModel", () => {
  it.each([
    ["gpt-4o-mini-2024-07-18", "gpt-4o-mini-2024-07-18"],
    ["GPT-4o-mini", "gpt-4o-mini-2024-07-18"],
    ["gpt-4.1-2025-04-14.ft-70ee3e37776e4428b20685fcd0728abb-gpt41-chart-qa", "gpt-4.1-2025-04-14"],
    ["gpt-4o-mini-2024-07-18.ft-70ee3e37776e4428b20685fcd0728abb:ckpt-step-90", "gpt-4o-mini-2024-07-18"],
    ["gpt-9", undefined],
  ])("%s", (name, id) => expect(findModel(name)?.id).toBe(id));
});

describe("priceTraining", () => {
  const run = {
    model: model("gpt-4o-mini"),
    trainingType: "Standard" as const,
    location: "northcentralus",
    tokens: 2_000_000,
    epochs: 3,
  };
  it.each<[string, Partial<Parameters<typeof priceTraining>[0]>, number, number]>([
    ["tokens x epochs x rate", {}, 19.8, 19.8],
    ["global", { trainingType: "GlobalStandard" }, 18, 18],
    ["developer", { trainingType: "Developer" }, 9, 9],
    ["auto epochs", { epochs: "auto" }, 6.6, 19.8],
    ["auto epochs of few examples", { epochs: "auto", examples: 10 }, 6.6, 66],
    ["a region's own rate", { model: model("gpt-4.1"), location: "Sweden Central" }, 181.5, 181.5],
    ["by the hour", { model: model("o4-mini") }, 110, 5000],
  ])("%s", (_, over, low, high) => {
    const { usd } = priceTraining({ ...run, ...over });
    expect([usd!.low, usd!.high]).toEqual([expect.closeTo(low, 6), expect.closeTo(high, 6)]);
  });

  it("says what it assumes, and when it has no price", () => {
    expect(priceTraining({ ...run, epochs: "auto" }).assumptions[0]).toContain("assumes 1 to 3.");
    const unknown = priceTraining({ ...run, model: model("gpt-5") });
    expect(unknown.usd).toBeUndefined();
    expect(priceTraining({ ...run, method: "dpo" }).assumptions).toEqual([
      expect.stringContaining("inferred from one bill"),
    ]);
    expect(unknown.assumptions.at(-1)).toContain("no training price for gpt-5-2025-08-07");
    const foreign = priceTraining({ ...run, model: model("Ministral-3B"), trainingType: "GlobalStandard" });
    expect(foreign.assumptions).toEqual([
      "Tokens are counted with the o200k_base encoding; ministral-3b has its own tokenizer, so the count is an estimate.",
    ]);
  });

  it.each([
    ["eastus2", "Standard" as const, 110, 45.5],
    ["swedencentral", "Standard" as const, 121, 41.3],
    ["westeurope", "GlobalStandard" as const, 100, 50],
    ["westeurope", "Developer" as const, 50, 100],
  ])("gives the hours behind a price by the hour: %s, %s", (location, trainingType, rate, most) => {
    const graders = ["gpt-4.1-2025-04-14", "o9"];
    const cost = priceTraining({ ...run, model: model("o4-mini"), location, trainingType, graderModels: graders });
    expect(cost).toMatchObject({ usdPerHour: rate, usd: { low: rate, high: 5000 }, hours: { low: 1, high: most } });
    expect(cost.assumptions).toEqual([
      expect.stringContaining(
        `Billed at $${rate} an hour; this estimate assumes 1 to ${most} hours. The service pauses the job when training and grading together reach $5000`,
      ),
      expect.stringContaining(
        "gpt-4.1-2025-04-14 at $2.2 per million input tokens and $8.8 per million output tokens; o9 at",
      ),
    ]);
  });
});

describe("graders", () => {
  const byModel = (name: string) => ({ type: "score_model", model: name, input: [] });
  it.each<[string, Parameters<typeof graderModels>[0], string[]]>([
    ["none", undefined, []],
    ["a string check", { type: "string_check" }, []],
    ["a model", byModel("gpt-4.1"), ["gpt-4.1"]],
    [
      "those of a multi grader, each once",
      {
        type: "multi",
        graders: { a: byModel("gpt-4o"), b: { type: "python" }, c: byModel("o3-mini"), d: byModel("gpt-4o") },
      },
      ["gpt-4o", "o3-mini"],
    ],
    ["other forms", { type: "multi", graders: [byModel("gpt-4o")], model: 4 }, []],
    ["no object under a name", { type: "multi", graders: { a: "gpt-4o", b: null } }, []],
  ])("%s", (_, grader, models) => expect(graderModels(grader)).toEqual(models));

  it("says what each bills", () => {
    expect(graderSentences([])).toEqual([]);
    expect(graderSentences(["O1"])).toEqual([
      "The grader's own tokens are billed separately: O1 at $16.5 per million input tokens and $66 per million output tokens.",
    ]);
  });
});

describe("priceHosting", () => {
  it.each([
    ["gpt-4o-mini", "Standard", 1.7],
    ["gpt-4.1", "developertier", 0],
    ["gpt-oss-20b", "GlobalStandard", 0.3],
    ["Llama-3.3-70B-Instruct", "GlobalStandard", 0.3],
    ["Ministral-3B", "GlobalStandard", 0.65],
  ])("%s as %s", (name, sku, usdPerHour) => {
    expect(priceHosting(model(name), sku)).toEqual({ usdPerHour, usdPerMonth: usdPerHour * 730 });
  });

  it.each([
    ["eastus2", 2],
    ["australiaeast", 2],
    ["West US 2", 2],
    ["swedencentral", 2.2],
    ["francecentral", 2.2],
    ["Spain Central", 2.2],
    ["West Europe", 2.4],
    ["eastasia", 2.4],
    ["usgovarizona", 2.5],
  ])("prices provisioned throughput in %s at $%d per unit and hour", (location, rate) => {
    const hosting = priceHosting(model("gpt-4o-mini"), "provisionedmanaged", undefined, { location, capacity: 75 });
    expect(hosting).toEqual({
      usdPerHour: expect.closeTo(75 * rate, 6),
      usdPerMonth: expect.closeTo(75 * rate * 730, 4),
    });
  });

  it("has a provisioned price for every region in which a tuned model is deployed", () => {
    const regions = shippedCatalog.models.flatMap((entry) => entry.standardDeploymentRegions);
    expect(regions.filter((region) => !(region in shippedCatalog.prices.provisioned.regions!))).toEqual([]);
  });

  it("assumes no low price of a region that it does not know, and says so", () => {
    const place = { location: "marscentral", capacity: 50 };
    const hosting = priceHosting(model("gpt-4o"), "ProvisionedManaged", undefined, place);
    expect(hosting.usdPerHour).toBe(120);
    expect(hosting.assumption).toContain(
      "no price for provisioned throughput in marscentral; this estimate assumes $2.4 per unit per hour",
    );
  });
});

describe("supportProblems", () => {
  const good = {
    model: "gpt-4.1",
    method: "dpo" as const,
    trainingType: "Standard",
    location: "North Central US",
    deploymentSku: "Standard",
  };
  const OPEN = {
    model: "gpt-oss-20b-11",
    method: "supervised" as const,
    trainingType: "DataZone",
    location: "eastus2",
    deploymentSku: "GlobalStandard",
    accountKind: "AIServices",
  };
  it("takes models of other publishers on Foundry accounts", () => {
    for (const model of ["gpt-oss-20b", "Qwen3-32B", "Llama-3.3-70B-Instruct", "Ministral-3B"])
      expect(supportProblems({ ...OPEN, model, capacity: 100 })).toEqual([]);
  });

  it("has nothing to say of a supported combination, or of what is not known yet", () => {
    expect(supportProblems(good)).toEqual([]);
    expect(supportProblems({ model: "gpt-4.1" })).toEqual([]);
    expect(supportProblems({ model: "gpt-oss-20b" })).toEqual([]);
    expect(supportProblems({ model: "gpt-oss-20b", accountKind: "AIServices" })).toEqual([]);
  });

  it.each([
    good,
    { ...good, trainingType: "GlobalStandard", deploymentSku: "GlobalStandard", location: "japaneast" },
    { ...good, method: "dpo" as const, trainingType: "developerTier", deploymentSku: undefined },
    { ...OPEN, trainingType: "DataZone" },
  ])("gives with an unknown model the catalog file that makes it known: %j", (question) => {
    const asked = { ...question, model: "GPT-9-2027-01-01" };
    const [problem] = supportProblems(asked);
    expect(problem!.reason).toContain("the catalog has no such model");
    const [file] = /\{"models".+?\]\}(?=:)/.exec(problem!.reason)!;
    expect(supportProblems(asked, overrideCatalog(overrideFile(file)))).toEqual([]);
  });

  it.each<[string, object, string, string]>([
    [
      "other model of the GPT-5 family",
      { model: "gpt-5.4-mini-2026-03-17" },
      "model",
      "can't be fine-tuned: in the GPT-5 family, Azure fine-tunes only gpt-5-2025-08-07, and only by invitation. Models: ",
    ],
    [
      "model on managed compute",
      { model: "Qwen3.6-35B-A3B" },
      "model",
      "Azure fine-tunes it only on managed compute or in a preview",
    ],
    [
      "model in preview",
      { model: "MAI-Code-1.1-Flash" },
      "model",
      "can't be fine-tuned: Azure fine-tunes it only in a preview",
    ],
    ["withdrawn model", { model: "gpt-35-turbo" }, "model", "removed from the list"],
    [
      "kind of account",
      { model: "gpt-oss-20b", accountKind: "OpenAI" },
      "model",
      "don't offer it; only accounts of kind AIServices do. Models: gpt-4o-mini-2024-07-18,",
    ],
    [
      "capacity with which it does not answer",
      { ...OPEN, capacity: 99 },
      "capacity",
      "Models tuned from gpt-oss-20b need a capacity of at least 100 to respond, but it is 99; expected 100 or more.",
    ],
    ["method", { model: "gpt-4o-mini" }, "method", "; expected supervised."],
    [
      "training type",
      { trainingType: "Cheap" },
      "trainingType",
      "; expected Standard, DataZone, GlobalStandard, Developer.",
    ],
    [
      "training type of the model",
      { model: "gpt-5", method: "reinforcement", trainingType: "Developer" },
      "trainingType",
      "gpt-5",
    ],
    ["region", { location: "westeurope", deploymentSku: undefined }, "location", "can't be trained in 'westeurope'"],
    [
      "region of the data zone",
      { trainingType: "DataZone", location: "swedencentral" },
      "location",
      "can't be trained in 'swedencentral' with training type DataZone; expected centralus, eastus,",
    ],
    [
      "deployment SKU",
      { model: "gpt-4o", method: "dpo", deploymentSku: "DeveloperTier" },
      "deploymentSku",
      "can't be deployed as 'DeveloperTier'",
    ],
    [
      "region of the deployment",
      { trainingType: "GlobalStandard", location: "eastus" },
      "location",
      "can't be deployed in 'eastus'",
    ],
  ])("%s", (_, over, property, reason) => {
    expect(supportProblems({ ...good, ...over })[0]).toMatchObject({
      property,
      reason: expect.stringContaining(reason),
    });
  });
});

describe("retirementWarnings", () => {
  const warnings = (day: string) => retirementWarnings(model("gpt-4o-mini"), new Date(`${day}T12:00:00Z`));
  it.each([
    ["2026-12-01", 0],
    ["2027-01-02", 1],
    ["2027-03-01", 2],
    ["2027-05-01", 2],
    ["2027-09-01", 3],
  ])("on %s: %i", (day, count) => expect(warnings(day)).toHaveLength(count));

  it("gives the date, and the days until it", () => {
    expect(warnings("2027-03-31")[1]).toContain("will be closed to fine-tuning on 2027-04-01 (in 1 day)");
    expect(warnings("2027-04-20")[0]).toContain("was retired on 2027-04-14");
  });
});

describe("overrideCatalog", () => {
  it("changes what it names and keeps the rest", () => {
    const catalog = overrideCatalog(
      overrideFile({
        models: [
          { id: "gpt-4.1-mini-2025-04-14", standardTrainingRegions: ["japaneast"] },
          { id: "gpt-6", trainingTypes: ["Standard"] },
        ],
        prices: {
          asOf: "2026-11-01",
          training: [{ model: "gpt-6", unit: "million tokens", usd: { Standard: 7 } }],
          graders: [{ model: "gpt-4o", input: 1, output: 3 }],
        },
        limits: { minTrainingExamples: 20 },
      }),
    );
    expect(findModel("gpt-4.1-mini", catalog)).toMatchObject({
      standardTrainingRegions: ["japaneast"],
      methods: ["supervised", "dpo"],
    });
    expect(findModel("gpt-6", catalog)).toMatchObject({ encoding: "o200k_base", methods: ["supervised"] });
    expect(catalog.prices).toMatchObject({ asOf: "2026-11-01", hoursPerMonth: 730 });
    expect(catalog.prices.training).toHaveLength(shippedCatalog.prices.training.length + 1);
    expect(graderSentences(["gpt-4o"], catalog)[0]).toContain(
      "$1 per million input tokens and $3 per million output tokens",
    );
    expect(graderSentences(["o1"], catalog)).toEqual(graderSentences(["o1"]));
    expect([catalog.limits.minTrainingExamples, shippedCatalog.limits.minTrainingExamples]).toEqual([20, 10]);
  });

  it.each<[string, unknown, string]>([
    ["no JSON", "{", "can't be read"],
    ["unknown key", { modells: [] }, "is invalid at ''"],
    ["wrong type", { models: [{ id: "x", vision: "yes" }] }, "is invalid at 'models.0.vision'"],
    ["prices without a date", { prices: { training: [] } }, "is invalid at 'prices.asOf'"],
  ])("refuses %s with the file's name", (_, content, message) => {
    const file = overrideFile(content);
    expect(() => overrideCatalog(file)).toThrow(file);
    expect(() => overrideCatalog(file)).toThrow(message);
  });

  it("says when there is no such file", () =>
    expect(() => overrideCatalog("nowhere.json")).toThrow("The catalog file 'nowhere.json' can't be read"));
});
