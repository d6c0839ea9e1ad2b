import { baseModels } from "../models/base-models";
import { givenList } from "./given-lists";
import { isServed } from "../models/tuned-regions";
import type { World } from "../world/world";
import {
  deploymentSkus,
  quotaLimit,
  quotaName,
  quotaUsed,
  sharesQuota,
  TUNED_DEPLOYMENTS,
  tunedDeployments,
} from "./quota";
import { ACCOUNT_TYPE, normalRegion, requireAccount } from "./resources";
import type { Route } from "./route";

/** Quotas page: Azure OpenAI resources per region and subscription. */
const ACCOUNTS_PER_REGION = 30;

/** Quota and its use, per region and per account. */
export function registerUsages(route: Route, world: World): void {
  const inRegion = "/subscriptions/:subscriptionId/providers/Microsoft.CognitiveServices/locations/:location/usages";
  route("GET", inRegion, "Microsoft.CognitiveServices/locations/usages/read", ({ param }) => {
    const location = normalRegion(param("location"));
    const accounts = world.state.accounts.filter((account) => account.location === location).length;
    const count = usage("OpenAI.S0.AccountCount", "Azure OpenAI resources", accounts, ACCOUNTS_PER_REGION);
    const value = [count, tunedUsage(world, location), ...modelUsages(world, location)];
    return givenList(world, "usages", location) ?? { value };
  });
  const ofAccount = `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account/usages`;
  route("GET", ofAccount, `${ACCOUNT_TYPE}/usages/read`, ({ param }) => {
    const account = requireAccount(world, param("group"), param("account"));
    return { value: modelUsages(world, account.location) };
  });
}

/** Fine-tuned deployments of a region. */
export function tunedUsage(world: Pick<World, "state">, location: string) {
  const { name, limit } = TUNED_DEPLOYMENTS;
  return usage(name, "Standard Fine-Tuned Deployments", tunedDeployments(world, location), limit);
}

/** Quotas of the deployment types and models of a region. */
export function modelUsages(world: Pick<World, "clock" | "state">, location: string) {
  const uses = deploymentSkus.flatMap((sku) =>
    baseModels.flatMap((model) =>
      [false, true]
        .filter((fineTuned) => (fineTuned ? isServed(model, sku, location) : model.format === undefined))
        .map((fineTuned) => ({ sku, model: model.name, fineTuned }))
        .filter((use) => quotaLimit(use) > 0),
    ),
  );
  // Models may share one.
  const byName = new Map(uses.map((use) => [quotaName(use), use]));
  return [...byName].map(([quota, use]) => {
    const model = `${use.model}${use.fineTuned ? " - finetune" : ""}`;
    const text = sharesQuota(use.sku)
      ? "Provisioned Managed Throughput Unit"
      : `Tokens Per Minute (thousands) - ${model} - ${use.sku}`;
    return usage(quota, text, quotaUsed(world, location, quota), quotaLimit(use));
  });
}

function usage(value: string, localizedValue: string, currentValue: number, limit: number) {
  return { name: { value, localizedValue }, currentValue, limit, unit: "Count" };
}
