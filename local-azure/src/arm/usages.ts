import { baseModels } from "../data-plane/base-models";
import type { World } from "../world";
import { deploymentSkus, quotaLimit, quotaName, quotaUsed } from "./quota";
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
    return { value: [count, ...modelUsages(world, location)] };
  });
  const ofAccount = `/subscriptions/:subscriptionId/resourceGroups/:group/providers/${ACCOUNT_TYPE}/:account/usages`;
  route("GET", ofAccount, `${ACCOUNT_TYPE}/usages/read`, ({ param }) => {
    const account = requireAccount(world, param("group"), param("account"));
    return { value: modelUsages(world, account.location) };
  });
}

function modelUsages(world: World, location: string) {
  return deploymentSkus.flatMap((sku) =>
    baseModels.flatMap(({ name, methods }) =>
      [false, true]
        .filter((fineTuned) => !fineTuned || methods.length > 0)
        .map((fineTuned) => ({ sku, model: name, fineTuned }))
        .filter((use) => quotaLimit(use) > 0)
        .map((use) => {
          const quota = quotaName(use);
          const text = `Tokens Per Minute (thousands) - ${use.model}${use.fineTuned ? "-finetune" : ""} - ${sku}`;
          return usage(quota, text, quotaUsed(world, location, quota), quotaLimit(use));
        }),
    ),
  );
}

function usage(value: string, localizedValue: string, currentValue: number, limit: number) {
  return { name: { value, localizedValue }, currentValue, limit, unit: "Count" };
}
