import type { Model } from "@azure/arm-cognitiveservices";
import { type RegionModel, regionModel } from "../../azure-openai/region-model";
import eastus2 from "../fixtures/resource-manager/models-eastus2.json";
import table from "../fixtures/resource-manager/tuned-regions.json";

/** Resource Manager's list of models of eastus2, as recorded on 2026-04-23, read as a program reads it. */
export const recordedModels: RegionModel[] = (eastus2.value as unknown as Model[]).map(regionModel);

/** What was recorded of one model in one region on 2026-06-22: `SGZD/St Gl DZ`. */
export const recordedRegions: Record<string, Record<string, string>> = table.regions;

const FLAGS: Record<string, string> = {
  S: "fineTune",
  G: "globalFineTune",
  Z: "datazoneFineTune",
  D: "devTierFineTune",
};
const SKUS: Record<string, string> = {
  St: "Standard",
  Gl: "GlobalStandard",
  DZ: "DataZoneStandard",
  Dv: "DeveloperTier",
};
const VERSIONS: Record<string, string> = {
  "gpt-4o": "2024-08-06",
  "gpt-4o-mini": "2024-07-18",
  "gpt-4.1": "2025-04-14",
};

/** The list of models of a region, made of that record as Resource Manager writes it; models without flags and types are left out. */
export function modelsOfRegion(region: string): RegionModel[] {
  return Object.entries(recordedRegions[region]!).flatMap(([name, recorded]) => {
    const [flags, skus] = recorded.split("/").map((part) => part.replace("-", ""));
    if (!flags && !skus) return [];
    const model = {
      ...{ name, version: VERSIONS[name]!, format: "OpenAI" },
      capabilities: Object.fromEntries([...(flags ?? "")].map((flag) => [FLAGS[flag]!, "true"])),
      skus: (skus ?? "").split(" ").flatMap((sku) => {
        const type = SKUS[sku];
        return type ? [{ name: type, usageName: `OpenAI.${type}.${name.replace("gpt-4.1", "gpt4.1")}-finetune` }] : [];
      }),
    };
    return ["OpenAI", "AIServices"].map((kind) => regionModel({ kind, model }));
  });
}
