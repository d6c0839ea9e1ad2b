import { expect, it } from "@jest/globals";
import { baseModels } from "../../src/models/base-models";
import { trainingPrice } from "../../src/prices/training-price";

const world = { listsFile: "/nowhere/lists.json", origin: "https://localhost:1" };

it.each([
  ["gpt-4o-mini", undefined, "northcentralus", { usd: 0.0033, per: "1K tokens" }],
  ["gpt-4o-mini", "GlobalStandard", "northcentralus", { usd: 0.003, per: "1K tokens" }],
  ["gpt-4o-mini", "developerTier", "swedencentral", { usd: 0.0015, per: "1K tokens" }],
  ["gpt-4o", "dataZoneStandard", "northcentralus", { usd: 0.0275, per: "1K tokens" }],
  ["gpt-4o", "globalStandard", "northcentralus", { usd: 0.025, per: "1K tokens" }],
  ["gpt-4.1", "standard", "northcentralus", { usd: 0.0275, per: "1K tokens" }],
  ["gpt-4.1", "standard", "swedencentral", { usd: 0.03025, per: "1K tokens" }],
  ["gpt-4.1-nano", "developerTier", "northcentralus", { usd: 0.00075, per: "1K tokens" }],
  ["o4-mini", "globalStandard", "swedencentral", { usd: 100, per: "hour" }],
  ["o4-mini", "developerTier", "swedencentral", { usd: 50, per: "hour" }],
  ["o4-mini", "dataZoneStandard", "swedencentral", { usd: 110, per: "hour" }],
  ["gpt-5", "globalStandard", "swedencentral", undefined],
  ["gpt-4o-mini", "standard", "eastus2", undefined],
])("%s by %s in %s", (model, trainingType, location, price) => {
  expect(trainingPrice(world, { model, trainingType }, location)).toEqual(price);
});

it.each([
  ["gpt-oss-20b", 0.0036],
  ["Ministral-3B", 0.001],
  ["Llama-3.3-70B-Instruct", 0.0045],
])("%s by its global meter", (model, usd) => {
  expect(baseModels.map(({ name }) => name)).toContain(model);
  expect(trainingPrice(world, { model, trainingType: "globalStandard" }, "northcentralus")).toEqual({
    ...{ usd, per: "1K tokens" },
  });
});
