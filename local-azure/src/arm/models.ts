import { baseModels, type BaseModel } from "../data-plane/base-models";
import type { World } from "../world";
import { ACCOUNT_TYPE, normalRegion, requireAccount } from "./resources";
import { regions } from "./regions";
import { deploymentSkus, quotaLimit, quotaName } from "./quota";
import type { Route } from "./route";

const ONE = `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account`;

const SKUS_READ = "Microsoft.CognitiveServices/skus/read";

/** Which models can be deployed, per account and per region, and the account's SKUs. */
export function registerModels(route: Route, world: World): void {
  route("GET", `${ONE}/models`, `${ACCOUNT_TYPE}/models/read`, ({ param }) => {
    const { location } = requireAccount(world, param("group"), param("account"));
    return { value: baseModels.map((model) => modelView(model, location)) };
  });
  const inRegion = "/subscriptions/:subscriptionId/providers/Microsoft.CognitiveServices/locations/:location/models";
  route("GET", inRegion, "Microsoft.CognitiveServices/locations/models/read", ({ param }) => ({
    value: baseModels.map((model) => ({
      kind: "OpenAI",
      skuName: "S0",
      model: modelView(model, normalRegion(param("location"))),
    })),
  }));
  route("GET", "/subscriptions/:subscriptionId/providers/Microsoft.CognitiveServices/skus", SKUS_READ, () => ({
    value: ["OpenAI", "AIServices"].flatMap((kind) =>
      regions.map(({ name }) => {
        const locations = [name.toUpperCase()];
        return { resourceType: "accounts", name: "S0", tier: "Standard", kind, locations, restrictions: [] };
      }),
    ),
  }));
  route("GET", `${ONE}/skus`, `${ACCOUNT_TYPE}/skus/read`, ({ param }) => {
    requireAccount(world, param("group"), param("account"));
    return { value: [{ resourceType: ACCOUNT_TYPE, sku: { name: "S0", tier: "Standard" } }] };
  });
}

function modelView(model: BaseModel, location: string) {
  const skus = deploymentSkus.filter((sku) => quotaLimit({ sku, model: model.name, fineTuned: false }) > 0);
  return {
    format: "OpenAI",
    name: model.name,
    version: model.version,
    isDefaultVersion: true,
    maxCapacity: 3,
    capabilities: {
      ...(model.methods.length > 0 && { fineTune: "true" }),
      inference: "true",
      ...(model.chat && { chatCompletion: "true" }),
      ...(model.embeddings && { embeddings: "true" }),
    },
    ...(model.standardRegions.includes(location) && {
      finetuneCapabilities: { maxTotalToken: "2000000000", supportsFineTuning: "true" },
    }),
    deprecation: {
      ...(model.fineTuneEndsOn && { fineTune: `${model.fineTuneEndsOn}T00:00:00Z` }),
      inference: `${model.retiresOn}T00:00:00Z`,
    },
    lifecycleStatus: "GenerallyAvailable",
    skus: skus.map((sku) => {
      const use = { sku, model: model.name, fineTuned: false };
      return { name: sku, usageName: quotaName(use), capacity: { minimum: 1, maximum: quotaLimit(use), default: 1 } };
    }),
  };
}
