import { describe, expect, it } from "@jest/globals";
import { offerOf, trainedAs, tunedSkus } from "../../catalog";
import usages from "../fixtures/resource-manager/usages-eastus2.json";
import { modelsOfRegion, recordedModels, recordedRegions } from "../support/recorded-region";

describe("eastus2, as recorded on 2026-04-23", () => {
  const [standard, global, developer] = ["Standard", "GlobalStandard", "DeveloperTier"];
  const later = "2027-10-14";
  it.each<[string, string, string[], string, Record<string, [maximum: number, until?: string]>, number]>([
    [
      "gpt-4o-2024-08-06",
      "OpenAI",
      ["Standard", "GlobalStandard", "Developer"],
      "2026-10-01",
      { [standard]: [1_000_000, "2027-03-31"], [global]: [1_000_000, "2027-10-01"] },
      50,
    ],
    [
      "gpt-4o-mini-2024-07-18",
      "OpenAI",
      ["GlobalStandard", "Developer"],
      "2026-10-01",
      { [global]: [1_000_000, "2027-10-01"] },
      25,
    ],
    ...["gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano"].map(
      (name): [string, string, string[], string, Record<string, [number, string]>, number] => [
        `${name}-2025-04-14`,
        "OpenAI",
        ["GlobalStandard", "Developer"],
        "2026-10-14",
        { [global]: [name.endsWith("nano") ? 1_000_000 : 10_000_000, later], [developer]: [250, later] },
        25,
      ],
    ),
    [
      "o4-mini-2025-04-16",
      "AIServices",
      ["Standard", "GlobalStandard"],
      "2026-10-16",
      Object.fromEntries([global, developer, standard].map((sku) => [sku, [1_000_000, "2027-10-16"]])),
      25,
    ],
    ...["gpt-oss-20b", "qwen3-32b", "llama-3.3-70b-instruct", "ministral-3b"].map(
      (name): [string, string, string[], string, Record<string, [number]>, number] => [
        name,
        "AIServices",
        ["GlobalStandard"],
        "2099-12-31",
        { [global]: [1_000] },
        0,
      ],
    ),
  ])("%s on %s: training types, date and tuned deployment types", (id, kind, types, date, skus, units) => {
    const offer = offerOf(recordedModels, id, kind)!;
    expect(trainedAs(offer)).toEqual(types);
    expect(offer.deprecation).toEqual({ fineTune: date, inference: date });
    const found = tunedSkus(offer).map(({ name, capacity, retiresOn }) => {
      const limits = name === "ProvisionedManaged" ? [capacity.minimum, capacity.step] : [];
      return [name, [capacity.maximum, ...limits, ...(retiresOn && limits.length === 0 ? [retiresOn] : [])]] as const;
    });
    const provisioned = units > 0 ? { ProvisionedManaged: [30_000, units, units] } : {};
    expect(Object.fromEntries(found)).toEqual({ ...skus, ...provisioned });
  });

  it("has no OSS model for accounts of kind OpenAI, and none that it doesn't list", () => {
    expect(offerOf(recordedModels, "gpt-oss-20b", "OpenAI")).toBeUndefined();
    expect(offerOf(recordedModels, "gpt-4o-2024-05-13", "OpenAI")).toBeUndefined();
  });

  it("names a quota for each tuned deployment type", () => {
    const quotas = usages.value.map(({ name }) => name.value);
    const named = recordedModels.flatMap((model) => tunedSkus(model).map(({ usageName }) => usageName));
    expect(quotas).toEqual(expect.arrayContaining(named));
  });
});

describe("the regions, as recorded on 2026-06-22", () => {
  const letters = { Standard: "S", GlobalStandard: "G", DataZone: "Z", Developer: "D" };
  const short: Record<string, string> = {
    ...{ Standard: "St", GlobalStandard: "Gl", DataZoneStandard: "DZ", DeveloperTier: "Dv" },
  };
  const sorted = (text: string, by: string) => text.split(by).sort().join(by);

  it.each(Object.keys(recordedRegions))("%s", (region) => {
    const models = modelsOfRegion(region);
    for (const [name, recorded] of Object.entries(recordedRegions[region]!)) {
      const offer = offerOf(models, name, "OpenAI");
      const flags = offer ? trainedAs(offer).map((type) => letters[type]) : [];
      const skus = offer ? tunedSkus(offer).map((sku) => short[sku.name]) : [];
      const [wantedFlags, wantedSkus = ""] = recorded.split("/").map((part) => part.replace("-", ""));
      expect([name, flags.sort().join(""), skus.sort().join(" ")]).toEqual([
        name,
        sorted(wantedFlags!, ""),
        sorted(wantedSkus, " "),
      ]);
    }
  });
});
