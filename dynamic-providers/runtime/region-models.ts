import { parseAccountId } from "../../azure-openai/account-reference";
import type { AccountControl } from "../../azure-openai/account-control";
import { withDeadline } from "../../azure-openai/deadline";
import { AzureFailure } from "../../azure-openai/failure";
import type { RegionModel } from "../../azure-openai/region-model";
import { regionName } from "../../catalog";
import type { Context } from "./context";
import { hasUnknown } from "./unknown";

/** The list is over half a megabyte; a preview waits no longer for it. */
const LONGEST_MS = 10_000;

type Lists = Pick<AccountControl, "models" | "usages">;

/** By context, which a process has one of, and by subscription and region. */
const read = new WeakMap<Context, Map<string, Promise<RegionModel[]>>>();

/**
 * The models that a region offers to a subscription, asked once per process: they don't change while a run takes.
 *
 * @throws AzureFailure, also when the list takes longer than a preview waits for it
 */
export function regionModels(context: Context, subscriptionId: string, location: string): Promise<RegionModel[]> {
  const known = read.get(context) ?? new Map<string, Promise<RegionModel[]>>();
  read.set(context, known);
  const key = `${subscriptionId}/${regionName(location)}`.toLowerCase();
  const models = known.get(key) ?? ask(context, subscriptionId, location);
  known.set(key, models);
  return models;
}

/**
 * Begins to read that list, so that a preview waits for it no longer than for what it does in the meantime: the account is checked first, and who
 * needs the list is checked after the dataset. What goes wrong is told by who needs it.
 */
export function beginReadingModels(
  context: Context,
  { subscriptionId, location }: { subscriptionId: string; location: string },
): void {
  if (hasUnknown([subscriptionId, location])) return;
  regionModels(context, subscriptionId, location).catch(() => undefined);
}

/** The lists of a region as those who look for room read them: models as above, quotas as they are at each look. */
export async function regionLists(context: Context, accountId: string): Promise<Lists> {
  const { subscriptionId } = parseAccountId(accountId);
  const accounts = (await context.azure()).accounts(subscriptionId);
  return {
    models: (location) => regionModels(context, subscriptionId, location),
    usages: (location) => accounts.usages(location),
  };
}

async function ask(context: Context, subscriptionId: string, location: string): Promise<RegionModel[]> {
  const accounts = (await context.azure()).accounts(subscriptionId);
  try {
    return await withDeadline(LONGEST_MS, () => accounts.models(location));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new AzureFailure(`Reading the list of models for ${location} took longer than ${LONGEST_MS / 1000} s`);
  }
}
