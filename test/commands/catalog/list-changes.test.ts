import { describe, expect, it } from "@jest/globals";
import { type Catalog, shippedCatalog } from "../../../catalog";
import { inWords } from "../../../commands/catalog/change";
import { listChanges } from "../../../commands/catalog/list-changes";
import { modelsOfRegion, recordedModels } from "../../support/recorded-region";

const only = (id: string, more: object = {}): Catalog => ({
  ...shippedCatalog,
  models: shippedCatalog.models.filter((model) => model.id === id).map((model) => ({ ...model, ...more })),
});
const said = (catalog: Catalog, ...regions: { location: string; models: typeof recordedModels }[]) =>
  listChanges(catalog, regions).map(inWords);
const eastus2 = { location: "eastus2", models: recordedModels };

describe("listChanges, of the recorded list of eastus2", () => {
  it("names each date, region and step that differs, with the region that says so", () => {
    expect(said(only("gpt-4o-2024-08-06", { provisionedUnits: 25 }), eastus2)).toEqual([
      "gpt-4o-2024-08-06 provisionedUnits: 25 -> 50 (eastus2)",
      "gpt-4o-2024-08-06 retirement.base: 2027-04-14 -> 2026-10-01 (eastus2)",
      "gpt-4o-2024-08-06 retirement.training: 2027-04-01 -> 2026-10-01 (eastus2)",
    ]);
  });

  it("finds nothing where the catalog has what the list has", () => {
    const retirement = { base: "2026-10-01", training: "2026-10-01", deployments: "2027-10-01" };
    expect(said(only("gpt-4o-2024-08-06", { retirement }), eastus2)).toEqual([]);
  });

  it("takes the date that stands for none as none, and reads models of other makers on their kind of account", () => {
    expect(said(only("ministral-3b"), eastus2)).toEqual([]);
    expect(said(only("ministral-3b", { trainingTypes: ["DataZone"] }), eastus2)).toEqual([
      "ministral-3b trainingTypes: DataZone -> DataZone, GlobalStandard (eastus2)",
    ]);
  });
});

describe("listChanges, of several regions", () => {
  const region = (location: string) => ({ location, models: modelsOfRegion(location) });

  it("adds and removes the regions that were asked, and leaves the others", () => {
    const catalog = only("gpt-4o-mini-2024-07-18", {
      standardTrainingRegions: ["japaneast", "switzerlandwest", "swedencentral"],
      standardDeploymentRegions: ["westus"],
    });
    expect(said(catalog, region("northcentralus"), region("switzerlandwest"), region("westus"))).toEqual([
      "gpt-4o-mini-2024-07-18 standardTrainingRegions: japaneast, switzerlandwest, swedencentral -> japaneast, northcentralus, swedencentral (switzerlandwest, northcentralus)",
      "gpt-4o-mini-2024-07-18 standardDeploymentRegions: westus -> northcentralus, switzerlandwest (westus, northcentralus, switzerlandwest)",
    ]);
  });

  it("removes no type that the regions asked don't have: others may", () => {
    const catalog = only("gpt-4.1-2025-04-14", { standardTrainingRegions: [], standardDeploymentRegions: [] });
    expect(said(catalog, region("ukwest"))).toEqual([]);
  });
});
