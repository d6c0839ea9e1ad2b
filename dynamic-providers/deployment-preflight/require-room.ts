import { sameName } from "../../format/same-name";
import { isTunedName } from "../../azure-openai/model-names";
import type { AccountControl, QuotaUsage } from "../../azure-openai/account-control";
import { parseAccountId } from "../../azure-openai/account-reference";
import { backoffDelay } from "../../azure-openai/backoff";
import { ticks } from "../../azure-openai/clock";
import { duration } from "../../format/duration";
import { AzureFailure, isNotFound } from "../../azure-openai/failure";
import type { Context } from "../runtime/context";
import type { Say } from "../runtime/say";
import { regionLists } from "../runtime/region-models";
import { type Quota, type QuotaQuestion, RegionQuota, type Tier } from "../deployment-quota/region-quota";
import { BETWEEN_LOOKS, COMES_FREE_MS, TOLD_EVERY } from "../deployment-quota/wait-for-room";

/** A deployment that is still to be made. */
export interface PlannedDeployment extends QuotaQuestion {
  accountId: string;
  /** In the quota's unit: thousands of tokens per minute, or provisioned throughput units. */
  capacity: number;
  /** Name of a deployment that goes before it comes, or that it changes: what that holds is released. */
  takesPlaceOf?: string;
  /**
   * Ask for the sake of what serves under that name alone: where there is no such deployment, nothing can be lost, and nothing is refused.
   * An interrupted run may have deleted it a moment ago: the capacity of that is waited for all the same.
   */
  onlyToKeepIt?: boolean;
  /** What a deployment of the stack holds that becomes this one, where its name isn't known here. */
  holds?: { sku: string; capacity: number };
  /** Whether it is a temporary one, on which a model is evaluated. @default false */
  temporary?: boolean;
}

/** What speaks against it; `ever`: whether it may be otherwise in a moment. */
interface Shortage {
  sentence: string;
  ever: boolean;
}

/** What a deployment gives back when it goes. */
interface Freed {
  capacity: number;
  tunedDeployments: number;
}

/** Of a deployment that isn't there. */
const NOTHING: Freed = { capacity: 0, tunedDeployments: 0 };

/**
 * Asks the region whether the deployment will have room, so that nothing is paid or deleted for one that can't be made. Capacity that a
 * deleted deployment held until a moment ago is waited for. Where the figures can't be read (role, outage, a region that doesn't list
 * them), it says so and continues: Azure decides when the deployment is made.
 *
 * @throws Error with the figures and what to do when there is no room
 */
export async function requireRoom(context: Context, planned: PlannedDeployment, say: Say): Promise<void> {
  const { accountId } = planned;
  const accounts = (await context.azure()).accounts(parseAccountId(accountId).subscriptionId);
  const quota = new RegionQuota(await regionLists(context, accountId), planned);
  const began = ticks(context.clock);
  for (let look = 0; ; look++) {
    const figures = await quota.read();
    const freed = await freedBy(accounts, quota, planned);
    const unknown = [figures.capacity, ...(planned.base ? [] : [figures.tunedDeployments]), freed].flatMap((one) =>
      "unknown" in one ? [one.unknown] : [],
    );
    const nothingToKeep = planned.onlyToKeepIt === true && freed === NOTHING;
    if ("unknown" in freed) return sayUnknown(unknown, say);
    const lacking = [...outside(planned, figures.tier), ...shortages(planned, figures, freed)];
    if (lacking.length === 0) return unknown.length > 0 && !nothingToKeep ? sayUnknown(unknown, say) : undefined;
    const mayCome = lacking.every(({ ever }) => ever) && ticks(context.clock) - began < COMES_FREE_MS;
    if (!mayCome && nothingToKeep) return;
    if (!mayCome) throw new Error(`${lacking.map(({ sentence }) => sentence).join(" ")} ${waysOut(planned)}`);
    if (look % TOLD_EVERY === 0) {
      const waited = `waited ${duration(ticks(context.clock) - began)} of up to ${duration(COMES_FREE_MS)}`;
      say.status(
        `${waited} · not enough quota yet; capacity from a deployment that was just deleted is released within that time`,
      );
    }
    await context.stopIfOrphaned();
    await context.clock.sleep(backoffDelay(BETWEEN_LOOKS, look));
  }
}

/** A capacity that no single deployment may have, by the region's list. */
function outside(planned: PlannedDeployment, tier: Tier | undefined): Shortage[] {
  const { capacity, sku, location } = planned;
  const { minimum = 1, maximum = Infinity, step = 1 } = tier?.capacity ?? {};
  if (capacity >= minimum && capacity <= maximum && (capacity - minimum) % step === 0) return [];
  const bounds = maximum === Infinity ? `${minimum} or more` : `${minimum} to ${maximum}`;
  const range = `${bounds}${step > 1 ? `, in steps of ${step}` : ""}`;
  const sentence = `${capacityOf(planned)} is ${capacity}, but a ${sku} deployment of this model in ${location} must have a capacity of ${range}.`;
  return [{ sentence, ever: false }];
}

function shortages(
  { capacity, sku, location, takesPlaceOf, base = false, temporary = false }: PlannedDeployment,
  figures: { capacity: Quota; tunedDeployments: Quota },
  freed: Freed,
): Shortage[] {
  const lacks = (quota: Quota, needed: number, free: number): quota is QuotaUsage =>
    !("unknown" in quota) && quota.inUse - free + needed > quota.limit;
  const found: Shortage[] = [];
  const holder = takesPlaceOf ?? "the stack's deployment";
  const tail = (free: number) => (free > 0 ? `, including ${free} held by ${holder}, which will be freed` : "");
  if (lacks(figures.capacity, capacity, freed.capacity)) {
    const { name, inUse, limit } = figures.capacity;
    const room = Math.max(limit - inUse + freed.capacity, 0);
    const sentence = `Not enough quota in ${location} for a ${temporary ? "temporary " : ""}${sku} deployment${base ? " of the base model" : ""} with capacity ${capacity} (${capacityOf({ base, temporary })}). ${name}: ${inUse} of ${limit} in use${tail(freed.capacity)}, so at most ${room} is available.`;
    found.push({ sentence, ever: capacity <= limit });
  }
  // The quota's name in the portal is "Standard Fine-Tuned Deployments": that provisioned ones don't count is a guess.
  if (!base && !/provisioned/i.test(sku) && lacks(figures.tunedDeployments, 1, freed.tunedDeployments)) {
    const { name, inUse, limit } = figures.tunedDeployments;
    const sentence = `Not enough quota in ${location} for another deployment of a fine-tuned model. ${name}: ${inUse} of ${limit} in use. Delete one of them.`;
    found.push({ sentence, ever: limit > 0 });
  }
  return found;
}

/** What the deployment that goes holds of the same quotas. */
async function freedBy(
  accounts: AccountControl,
  quota: RegionQuota,
  { accountId, sku, model, takesPlaceOf, holds, base }: PlannedDeployment,
): Promise<Freed | { unknown: string }> {
  if (holds) return { capacity: holds.sku === sku ? holds.capacity : 0, tunedDeployments: base ? 0 : 1 };
  if (takesPlaceOf === undefined) return NOTHING;
  const { resourceGroupName, accountName } = parseAccountId(accountId);
  try {
    const deployments = await accounts.deployments(resourceGroupName, accountName);
    const old = deployments.find(({ name }) => sameName(name, takesPlaceOf));
    const oldModel = old?.properties?.model?.name;
    if (!old || !oldModel) return NOTHING;
    const oldTuned = isTunedName(oldModel);
    const same =
      (await quota.nameFor(old.sku?.name ?? "", oldModel, !oldTuned)) === (await quota.nameFor(sku, model, base));
    return { capacity: same ? (old.sku?.capacity ?? 0) : 0, tunedDeployments: oldTuned ? 1 : 0 };
  } catch (error) {
    // Without an account there is no deployment either.
    if (isNotFound(error)) return NOTHING;
    if (error instanceof AzureFailure) return { unknown: error.message };
    throw error;
  }
}

function sayUnknown(reasons: string[], say: (line: string) => void): void {
  say(`could not check whether the region has enough quota for the deployment: ${[...new Set(reasons)].join("; ")}`);
}

/** Where the deployment's settings are. */
function settingsOf(base = false): string {
  return base ? "deploy.baseModel" : "deploy";
}

function capacityOf({ base, temporary }: Pick<PlannedDeployment, "base" | "temporary">): string {
  return temporary ? "evaluation.temporaryCapacity" : `${settingsOf(base)}.capacity`;
}

function waysOut(planned: PlannedDeployment): string {
  // The type of a temporary deployment follows from the model.
  const another = planned.temporary ? "" : `choose another ${settingsOf(planned.base)}.sku, `;
  return `Lower ${capacityOf(planned)}, delete deployments that are not needed, ${another}or ask for more quota in ${planned.location} (Foundry portal, Management center, Quota); then run \`pulumi up\` again.`;
}
