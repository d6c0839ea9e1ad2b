import { baseModels, type BaseModel, isOfferedOn } from "../models/base-models";
import { servingCapabilities } from "../models/capabilities";
import { isServed } from "../models/tuned-regions";
import type { World } from "../world/world";
import { ACCOUNT_TYPE, normalRegion, requireAccount } from "./resources";
import { regions } from "./regions";
import { givenList } from "./given-lists";
import { deploymentSkus, capacityLimits, quotaLimit, quotaName, sharesQuota, type QuotaUse } from "./quota";
import type { Route } from "./route";

const ONE = `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account`;

const SKUS_READ = "Microsoft.CognitiveServices/skus/read";

/** Which models can be deployed, per account and per region, and the account's SKUs. */
export function registerModels(route: Route, world: World): void {
  route("GET", `${ONE}/models`, `${ACCOUNT_TYPE}/models/read`, ({ param }) => {
    const { location, kind } = requireAccount(world, param("group"), param("account"));
    return {
      value: baseModels.filter((model) => isOfferedOn(model, kind)).map((model) => modelView(model, location)),
    };
  });
  const inRegion = "/subscriptions/:subscriptionId/providers/Microsoft.CognitiveServices/locations/:location/models";
  route("GET", inRegion, "Microsoft.CognitiveServices/locations/models/read", ({ param }) => {
    const location = normalRegion(param("location"));
    // Each model is listed once for each kind of account, those of other publishers for AIServices and MaaS (recorded).
    const own = () =>
      baseModels.flatMap((model) =>
        (model.accountKinds ? [...model.accountKinds, "MaaS"] : ["OpenAI", "AIServices"]).map((kind) =>
          regionalEntry(world, model, kind, location),
        ),
      );
    return givenList(world, "models", location) ?? { value: own() };
  });
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

function regionalEntry(world: Pick<World, "state">, model: BaseModel, kind: string, location: string) {
  const name = `${model.format ?? "OpenAI"}.${model.name}.${model.version}`;
  const type = "Microsoft.CognitiveServices/locations/models";
  const id = `/subscriptions/${world.state.subscriptionId}/providers/Microsoft.CognitiveServices/locations/${location}/models/${name}`;
  return { id, type, name, location, kind, skuName: "S0", model: modelView(model, location) };
}

function modelView(model: BaseModel, location: string) {
  return {
    format: model.format ?? "OpenAI",
    name: model.name,
    version: model.version,
    isDefaultVersion: true,
    maxCapacity: 3,
    capabilities: {
      ...trainingFlags(model, location),
      inference: "true",
      ...servingCapabilities(model),
    },
    ...(model.standardRegions.includes(location) && {
      finetuneCapabilities: { maxTotalToken: "2000000000", supportsFineTuning: "true" },
    }),
    deprecation: {
      ...(model.fineTuneEndsOn && { fineTune: `${model.fineTuneEndsOn}T00:00:00Z` }),
      inference: `${model.retiresOn}T00:00:00Z`,
    },
    lifecycleStatus: model.format === undefined ? "GenerallyAvailable" : "Stable",
    skus: skusOf(model, location),
  };
}

/** Where a model can be trained, as texts (recorded). Regions with data-zone training: those of the US. */
function trainingFlags({ methods, trainingTypes, standardRegions, name }: BaseModel, location: string) {
  if (methods.length === 0) return {};
  return {
    ...(standardRegions.includes(location) && { fineTune: "true" }),
    globalFineTune: "true",
    ...(/us\d?$/.test(location) && name !== "o4-mini" && { datazoneFineTune: "true" }),
    ...(trainingTypes.includes("developerTier") && { devTierFineTune: "true" }),
    FineTuneTokensMaxValue: "2000000000",
  };
}

/**
 * Ways to deploy a model, the tuned ones under an entry of their own whose `usageName` ends with `-finetune` (recorded, with capacities and
 * rates of eastus2). Those of base models are the same in every region: simplified.
 */
function skusOf(model: BaseModel, location: string) {
  const tuned = model.methods.length > 0 ? [true] : [];
  return deploymentSkus.flatMap((sku) =>
    [false, ...tuned]
      .map((fineTuned) => ({ sku, model: model.name, fineTuned }))
      .filter(
        (use) => quotaLimit(use) > 0 && !(use.fineTuned && sharesQuota(sku)) && isDeployable(model, use, location),
      )
      .map((use) => ({
        name: sku,
        usageName: quotaName(use),
        capacity: capacityLimits(use),
        deprecationDate: `${(use.fineTuned && model.tunedRetireOn) || model.retiresOn}T00:00:00Z`,
        ...(!sharesQuota(sku) && { rateLimits: rateLimitsOf(use) }),
      })),
  );
}

/** The deployment types that a base model, or a tuned one of it, has in a region, and the quota of each. */
export function availableUses(model: BaseModel, location: string, fineTuned: boolean): QuotaUse[] {
  return deploymentSkus
    .map((sku) => ({ sku, model: model.name, fineTuned }))
    .filter((use) => quotaLimit(use) > 0 && isDeployable(model, use, location));
}

/** DeveloperTier serves tuned models alone. Models of other publishers are deployed tuned alone here: simplified. */
function isDeployable(model: BaseModel, { sku, fineTuned }: QuotaUse, location: string): boolean {
  return fineTuned ? isServed(model, sku, location) : sku !== "DeveloperTier" && model.format === undefined;
}

/** Requests per unit: one in ten seconds for the gpt-4o family, one a minute for others (recorded for tuned ones). */
function rateLimitsOf({ model }: QuotaUse) {
  const renewalPeriod = /^gpt-4o/.test(model) ? 10 : 60;
  return [
    { key: "request", renewalPeriod, count: 1 },
    { key: "token", renewalPeriod: 60, count: 1000 },
  ];
}
