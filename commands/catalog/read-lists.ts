import { readFileSync } from "node:fs";
import type { Model } from "@azure/arm-cognitiveservices";
import { Azure } from "../../azure-openai/azure";
import { systemClock } from "../../azure-openai/clock";
import { regionModel } from "../../azure-openai/region-model";
import { regionName, type RegionOffer, shippedCatalog, standardTrainingRegions } from "../../catalog";
import { azureSettings } from "../../stack/azure-settings";
import { UserError } from "../../stack/command";
import type { CatalogPlan } from "./plan";

/**
 * The lists of models that are compared: recorded ones of a file, or Azure's own, one request for each region.
 *
 * @throws UserError for a file of another form, or where no subscription is named; AzureFailure
 */
export async function readLists({ lists, regions, provider }: CatalogPlan): Promise<RegionOffer[]> {
  if (lists !== undefined) return recordedLists(lists, regions);
  const settings = azureSettings(provider, process.env);
  const { subscriptionId } = settings;
  if (subscriptionId === undefined) {
    throw new UserError(
      "no subscription is set, so Resource Manager's lists of models can't be read. Set ARM_SUBSCRIPTION_ID, or specify a stack with --stack.",
    );
  }
  const azure = await Azure.connect(settings, { clock: systemClock, destroying: () => false });
  const accounts = azure.accounts(subscriptionId);
  const found: RegionOffer[] = [];
  // In turn: each is over half a megabyte.
  for (const location of regions ?? standardTrainingRegions(shippedCatalog))
    found.push({ location: regionName(location), models: await accounts.models(location) });
  return found;
}

function recordedLists(file: string, regions: string[] | undefined): RegionOffer[] {
  let lists: unknown;
  try {
    lists = (JSON.parse(readFileSync(file, "utf8")) as { models?: unknown }).models;
  } catch (error) {
    throw new UserError(`--lists: ${file} can't be read: ${(error as Error).message}`);
  }
  const all = Object.entries((lists ?? {}) as Record<string, unknown>);
  if (all.length === 0 || !all.every(([, value]) => Array.isArray(value))) {
    throw new UserError(
      `--lists: ${file} has no model lists; expected {"models": {"<region>": [ ... ]}}, where each region has the value array of Azure's response.`,
    );
  }
  const wanted = regions?.map(regionName);
  return all
    .map(([location, value]) => ({ location: regionName(location), models: (value as Model[]).map(regionModel) }))
    .filter(({ location }) => wanted?.includes(location) ?? true);
}
