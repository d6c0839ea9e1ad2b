import { describe, expect, it } from "@jest/globals";
import { catalogInRegion, findModel, shippedCatalog, supportProblems, trainingRetired } from "../../catalog";
import { modelsOfRegion, recordedModels } from "../support/recorded-region";

const today = new Date("2026-08-01");
const eastus2 = { location: "East US 2", models: recordedModels };
const inEastUs2 = (deploymentSku?: string) =>
  catalogInRegion(shippedCatalog, eastus2, { accountKind: "OpenAI", deploymentSku, today });

describe("catalogInRegion", () => {
  it("has the region's training types, deployment types, steps and dates in place of the catalog's", () => {
    const catalog = inEastUs2("Standard");
    expect(catalog.listedIn).toBe("eastus2");
    expect(findModel("gpt-4o", catalog)).toMatchObject({
      trainingTypes: ["Standard", "GlobalStandard", "Developer"],
      deploymentSkus: ["ProvisionedManaged", "Standard", "GlobalStandard"],
      provisionedUnits: 50,
      retirement: { base: "2026-10-01", training: "2026-10-01", deployments: "2027-03-31" },
    });
    expect(findModel("gpt-4o", inEastUs2("GlobalStandard"))!.retirement.deployments).toBe("2027-10-01");
  });

  it("keeps prices, limits and what only the catalog knows", () => {
    const { prices, limits } = inEastUs2();
    expect({ prices, limits }).toEqual({ prices: shippedCatalog.prices, limits: shippedCatalog.limits });
    const before = findModel("gpt-4.1")!;
    const { methods, encoding, trainingContext } = before;
    expect(findModel("gpt-4.1", inEastUs2())).toMatchObject({ methods, encoding, trainingContext });
  });

  it("believes no list that has nothing of the account's kind", () => {
    const models = recordedModels.filter(({ kind }) => kind === "MaaS");
    const question = { accountKind: "OpenAI", today };
    expect(catalogInRegion(shippedCatalog, { location: "eastus2", models }, question)).toBe(shippedCatalog);
    expect(catalogInRegion(shippedCatalog, { location: "eastus2", models: [] }, question)).toBe(shippedCatalog);
  });

  it("offers nothing of a model that the list lacks, unless the base model is retired", () => {
    const gpt5 = (day: string) =>
      findModel("gpt-5", catalogInRegion(shippedCatalog, eastus2, { accountKind: "OpenAI", today: new Date(day) }))!;
    expect(gpt5("2026-11-27")).toMatchObject({ trainingTypes: [], deploymentSkus: [] });
    expect(gpt5("2027-03-01").trainingTypes).toEqual(["Standard", "DataZone", "GlobalStandard"]);
  });
});

describe("what a region's list contradicts is refused with what there is instead", () => {
  const asked = { method: "supervised", location: "eastus2", accountKind: "OpenAI" } as const;
  const reasons = (question: object, catalog = inEastUs2()) =>
    supportProblems({ ...asked, ...question } as never, catalog).map(({ reason }) => reason);

  it.each<[string, object, RegExp]>([
    [
      "a training type",
      { model: "gpt-4o-mini", trainingType: "Standard" },
      /^gpt-4o-mini-2024-07-18 can't be trained with training type 'Standard' in 'eastus2'; expected GlobalStandard, Developer\. This is what Resource Manager's list of models for eastus2 says today; .*`catalogFile`/,
    ],
    [
      "a deployment type",
      { model: "gpt-4.1", deploymentSku: "Standard" },
      /^Models tuned from gpt-4\.1-2025-04-14 can't be deployed as 'Standard' in 'eastus2'; expected ProvisionedManaged, GlobalStandard, DeveloperTier\./,
    ],
    [
      "a number of throughput units",
      { model: "gpt-4o", deploymentSku: "ProvisionedManaged", capacity: 75 },
      /^ProvisionedManaged capacity for gpt-4o-2024-08-06 comes in steps of 50 throughput units, and 75 is not a multiple of 50; expected 50, 100, 150/,
    ],
    [
      "a model",
      { model: "gpt-5", trainingType: "GlobalStandard", deploymentSku: "Standard" },
      /^gpt-5-2025-08-07 can't be fine-tuned in 'eastus2'; models that can be fine-tuned there: gpt-4o-mini-2024-07-18, gpt-4o-2024-08-06, .*o4-mini-2025-04-16\. This is what/,
    ],
  ])("%s", (_name, question, sentence) => {
    expect(reasons(question)).toEqual([expect.stringMatching(sentence)]);
  });

  it("a model that is retired for training, by the list's date", () => {
    const catalog = inEastUs2();
    const model = findModel("gpt-4o", catalog)!;
    expect(trainingRetired(model, today, catalog)).toBeUndefined();
    expect(trainingRetired(model, new Date("2026-10-02"), catalog)).toMatch(
      /^gpt-4o-2024-08-06 can no longer be fine-tuned \(since 2026-10-01\); .* The date comes from Resource Manager's list of models for eastus2; a `catalogFile` overrides it\.$/,
    );
  });

  it("nothing where the list has what is asked", () => {
    const westus3 = catalogInRegion(
      shippedCatalog,
      { location: "westus3", models: modelsOfRegion("westus3") },
      { accountKind: "OpenAI", today },
    );
    const question = { location: "westus3", trainingType: "Standard", deploymentSku: "DataZoneStandard" };
    expect(reasons({ ...question, model: "gpt-4.1" }, westus3)).toEqual([]);
  });
});
