import { AzureError } from "../http/azure-error";
import { baseModels, type BaseModel } from "../models/base-models";
import type { World } from "../world/world";
import { availableUses } from "./models";
import { quotaLimit, quotaName, quotaUsed, type QuotaUse } from "./quota";
import { findRegion, regions } from "./regions";
import type { ArmCall, Route } from "./route";

const NAMESPACE = "Microsoft.CognitiveServices";
const BASE = `/subscriptions/:subscriptionId/providers/${NAMESPACE}`;

/** `modelCapacities`, of all regions and of one: what is left of the quotas of a model and of its tuned versions. */
export function registerModelCapacities(route: Route, world: World): void {
  route("GET", `${BASE}/modelCapacities`, `${NAMESPACE}/modelCapacities/read`, (call) => ({
    value: regions.flatMap(({ name }) => capacities(world, call, name)),
  }));
  route(
    "GET",
    `${BASE}/locations/:location/modelCapacities`,
    `${NAMESPACE}/locations/modelCapacities/read`,
    (call) => ({ value: capacities(world, call, findRegion(call.param("location"))?.name) }),
  );
}

/** None for a model or a region that is not there (guess). */
function capacities(world: World, { request }: ArmCall, location: string | undefined) {
  const { modelFormat, modelName, modelVersion } = request.query;
  if (!modelFormat || !modelName || !modelVersion) {
    const sentence = "The query parameters modelFormat, modelName and modelVersion are required.";
    throw new AzureError(400, "InvalidRequestParameter", sentence);
  }
  const model = baseModels.find(({ name, version }) => name === modelName && version === modelVersion);
  if (!model || modelFormat !== (model.format ?? "OpenAI") || location === undefined) return [];
  return skuCapacities(world, model, location);
}

function skuCapacities(world: World, model: BaseModel, location: string) {
  const left = (use: QuotaUse) => Math.max(quotaLimit(use) - quotaUsed(world, location, quotaName(use)), 0);
  const base = availableUses(model, location, false);
  const tuned = model.methods.length > 0 ? availableUses(model, location, true) : [];
  const { format = "OpenAI" } = model;
  const type = `${NAMESPACE}/locations/models/skuCapacities`;
  const id = `/subscriptions/${world.state.subscriptionId}/providers/${NAMESPACE}/locations/${location}/models`;
  return [...new Set([...base, ...tuned].map(({ sku }) => sku))].map((sku) => {
    const [plain, own] = [base, tuned].map((uses) => uses.find((use) => use.sku === sku));
    return {
      id: `${id}/${format}.${model.name}.${model.version}/skuCapacities/${sku}`,
      type,
      name: sku,
      location,
      properties: {
        model: { format, name: model.name, version: model.version },
        skuName: sku,
        availableCapacity: plain ? left(plain) : 0,
        availableFinetuneCapacity: own ? left(own) : 0,
      },
    };
  });
}
