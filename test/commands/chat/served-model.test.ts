import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { servedModel } from "../../../commands/chat/served-model";
import type { StackExport } from "../../../stack/stack-state";
import { temporaryFolder } from "../../support/temporary-folder";

const tuned = "gpt-4.1-2025-04-14.ft-70ee3e37776e4428b20685fcd0728abb-tutor";

function stackWith(
  model: string | undefined,
  sku: object,
  location = "northcentralus",
  catalogFile?: string,
): StackExport {
  const deployment = { name: "tutor", sku, properties: model === undefined ? {} : { model: { name: model } } };
  const other = { name: "other", sku: { name: "GlobalStandard" }, properties: { model: { name: "gpt-4o" } } };
  const resource = (type: string, outputs: object) => ({ urn: `urn::${type}`, type, outputs: { ...outputs } });
  return {
    deployment: {
      resources: [
        resource("azure-native:cognitiveservices:Account", { location }),
        resource("azure-native:cognitiveservices:Deployment", other),
        resource("azure-native:cognitiveservices:Deployment", deployment),
        resource("pulumi-nodejs:dynamic/finetune:CostEstimate", { catalogFile }),
      ],
    },
  };
}

it.each<[string, StackExport, string, string]>([
  [
    "tokens and hosting",
    stackWith(tuned, { name: "Standard" }),
    "Standard in northcentralus",
    "$2.20 per 1M tokens in, $8.80 per 1M tokens out; hosting $1.70 an hour, whether used or not (prices of 2026-08-11)",
  ],
  [
    "the region's own rate, and a checkpoint",
    stackWith(`${tuned}:ckpt-step-90`, { name: "Standard" }, "swedencentral"),
    "Standard in swedencentral",
    "$2.42 per 1M tokens in, $9.68 per 1M tokens out; hosting $1.70 an hour",
  ],
  [
    "free hosting",
    stackWith(tuned, { name: "DeveloperTier" }),
    "DeveloperTier in northcentralus",
    "$2.00 per 1M tokens in, $8.00 per 1M tokens out; hosting $0.00 an hour",
  ],
  [
    "throughput units",
    stackWith(tuned, { name: "ProvisionedManaged", capacity: 50 }, "uksouth"),
    "ProvisionedManaged in uksouth",
    "$110.00 an hour for 50 throughput units, regardless of the number of tokens",
  ],
  [
    "a model without a price",
    stackWith("gpt-5-2025-08-07.ft-1", { name: "Standard" }),
    "",
    "no price in the catalog for",
  ],
  ["no rate for the type", stackWith(tuned, {}), "northcentralus", "no token price for this type of deployment;"],
])("%s", (_, state, place, price) => {
  const served = servedModel(state, "tutor");
  expect(served.place).toContain(place);
  expect(served.price).toContain(price);
});

it("names the deployment where the state has no model of it", () => {
  expect(servedModel(stackWith(undefined, { name: "Standard" }), "tutor").model).toBe("tutor");
  expect(servedModel(stackWith(tuned, {}), "gone")).toMatchObject({ model: "gone", deploymentName: "gone" });
});

it("knows the format of the model: the deployment's own, in an older state the catalog's", () => {
  const oss = `gpt-oss-20b-11.ft-70ee3e37776e4428b20685fcd0728abb-tutor`;
  expect(servedModel(stackWith(tuned, {}), "tutor").format).toBe("OpenAI");
  expect(servedModel(stackWith(oss, {}), "tutor").format).toBe("OpenAI-OSS");
  const state = stackWith(oss, {});
  Object.assign(state.deployment.resources![2]!.outputs!.properties!, { model: { name: oss, format: "Microsoft" } });
  expect(servedModel(state, "tutor").format).toBe("Microsoft");
});

it("prices come from the stack's catalog file, and from the shipped one if it is not available", () => {
  const file = path.join(temporaryFolder("chat-test"), "catalog.json");
  const rates = { usd: { Standard: { input: 1, output: 2 } } };
  const inference = [{ model: "gpt-4.1-2025-04-14", ...rates }];
  writeFileSync(file, JSON.stringify({ prices: { asOf: "2026-11-01", inference } }));
  const from = (catalogFile: string) =>
    servedModel(stackWith(tuned, { name: "Standard" }, "eastus", catalogFile), "tutor");
  expect(from(file).price).toContain("$1.00 per 1M tokens in, $2.00 per 1M tokens out");
  expect(from("nowhere.json").price).toContain("$2.20 per 1M tokens in");
});
