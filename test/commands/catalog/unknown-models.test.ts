import { describe, expect, it } from "@jest/globals";
import { type Catalog, shippedCatalog } from "../../../catalog";
import { overrideSchema } from "../../../catalog/override-schema";
import { unknownLines, unknownModels } from "../../../commands/catalog/unknown-models";
import { modelsOfRegion, recordedModels } from "../../support/recorded-region";

const without = (...ids: string[]): Catalog => ({
  ...shippedCatalog,
  models: shippedCatalog.models.filter(({ id }) => !ids.includes(id)),
});
const eastus2 = { location: "East US 2", models: recordedModels };

describe("unknownModels", () => {
  it("finds none that the catalog has, under any of its names", () => {
    expect(unknownModels(shippedCatalog, [eastus2, { location: "westus", models: modelsOfRegion("westus") }])).toEqual(
      [],
    );
  });

  it("has of a model what the list says: types, regions, dates; provisioned ones are the base model's too", () => {
    expect(unknownModels(without("o4-mini-2025-04-16"), [eastus2])).toEqual([
      {
        regions: ["eastus2"],
        entry: {
          id: "o4-mini-2025-04-16",
          trainingTypes: ["Standard", "GlobalStandard"],
          standardTrainingRegions: ["eastus2"],
          standardDeploymentRegions: ["eastus2"],
          deploymentSkus: ["GlobalStandard", "DeveloperTier", "Standard"],
          retirement: { base: "2026-10-16", training: "2026-10-16", deployments: "2027-10-16" },
        },
      },
    ]);
  });

  it("has format and kind of account of a model of other makers, and no date where none is meant", () => {
    expect(unknownModels(without("ministral-3b"), [eastus2])).toEqual([
      {
        regions: ["eastus2"],
        entry: {
          ...{ id: "ministral-3b", format: "Mistral AI", accountKinds: ["AIServices"], ownTokenizer: true },
          ...{ trainingTypes: ["GlobalStandard"], deploymentSkus: ["GlobalStandard"], retirement: {} },
          ...{ standardTrainingRegions: [], standardDeploymentRegions: [] },
        },
      },
    ]);
  });

  it("adds up what several regions have", () => {
    const regions = ["northcentralus", "westus3"].map((location) => ({ location, models: modelsOfRegion(location) }));
    const [found] = unknownModels(without("gpt-4.1-2025-04-14"), regions);
    expect(found).toMatchObject({
      regions: ["northcentralus", "westus3"],
      entry: {
        standardTrainingRegions: ["northcentralus", "westus3"],
        standardDeploymentRegions: ["northcentralus"],
        deploymentSkus: ["Standard", "GlobalStandard", "DataZoneStandard", "DeveloperTier"],
      },
    });
  });

  it("leaves out what is known not to be tuned by such jobs", () => {
    const odd = recordedModels.map((model) => ({ ...model, name: "gpt-5.4-mini", version: "2026-03-17" }));
    expect(unknownModels(shippedCatalog, [{ location: "eastus2", models: odd }])).toEqual([]);
  });
});

it("is told with what the lists don't say, and an entry that a catalog file takes", () => {
  const [found] = unknownModels(without("o4-mini-2025-04-16"), [eastus2]);
  const [sentence, entry] = unknownLines(found!);
  expect(sentence).toBe(
    "o4-mini-2025-04-16 is not in the catalog, but can be fine-tuned in eastus2 (Standard, GlobalStandard). Resource Manager doesn't list its methods, tokenizer or prices. " +
      "Add those to the entry below, then add the entry to catalog/models.json or to the file in `catalogFile`:",
  );
  expect(overrideSchema.parse(JSON.parse(entry)).models).toEqual([found!.entry]);
});
