import { AzureError } from "../http/azure-error";
import type { AccountRecord, DeploymentRecord } from "../world/state";
import type { World } from "../world/world";
import { openModels } from "../models/open-models";
import { sameName } from "./resources";
import data from "./quota.json";

const limits: Record<string, { base: number; finetune: number }> = data.limits;
const recorded: Record<string, number> = data.recorded;

/** SKU names a deployment can have here, as Azure spells them. */
export const deploymentSkus = Object.keys(limits);

/** Whether base and tuned models of every name draw on one quota of the deployment type: so it is with provisioned throughput. */
export function sharesQuota(sku: string): boolean {
  return /provisioned/i.test(sku);
}

/** Provisioned throughput units of a deployment, at least and in steps of (recorded in eastus2); undefined for other deployment types. */
export function provisionedUnits(sku: string, model: string): number | undefined {
  return sharesQuota(sku) ? (["gpt-4o", "gpt-5"].includes(model) ? 50 : 25) : undefined;
}

/** Capacity that one deployment may have, whatever quota is left (recorded in eastus2). */
export function capacityLimits({ sku, model, fineTuned }: QuotaUse) {
  const units = provisionedUnits(sku, model);
  if (units !== undefined) return { minimum: units, maximum: 30_000, step: units };
  if (openModels.some(({ name }) => name === model)) return { maximum: 1000, default: 50 };
  if (sku === "DeveloperTier") return { maximum: 250, default: 50 };
  return { maximum: fineTuned && /^gpt-4\.1/.test(model) ? 10_000_000 : 1_000_000, default: fineTuned ? 50 : 10 };
}

/** Fine-tuned deployments of a subscription in a region (recorded: 10). */
export const TUNED_DEPLOYMENTS = { name: "OpenAI.FineTuned.Deployments", limit: 10 };

/** What a deployment draws on: one quota per SKU and base model, apart for fine-tuned ones. */
export interface QuotaUse {
  sku: string;
  /** Base model without version, e.g. `gpt-4o-mini`. */
  model: string;
  fineTuned: boolean;
}

/**
 * `OpenAI.Standard.gpt-4o-mini-finetune`: the quota's name in usages. The gpt-4.1 family lacks its first dash there
 * (`OpenAI.DeveloperTier.gpt4.1-mini-finetune`, recorded), that of tuned gpt-5 has its version
 * (`OpenAI.Standard.gpt-5-2025-08-07-finetune`, recorded). Models of other publishers have names of their own
 * (`AIServices.GlobalStandard.GPT-OSS-20B-Finetune`, recorded).
 */
export function quotaName({ sku, model, fineTuned }: QuotaUse): string {
  if (sharesQuota(sku)) return `OpenAI.${sku}`;
  const own = openModels.find(({ name }) => name === model)?.tunedQuota;
  if (own !== undefined) return `AIServices.${sku}.${own}`;
  const base = model.replace(/^gpt-4\.1/, "gpt4.1");
  return `OpenAI.${sku}.${fineTuned ? `${base.replace(/^gpt-5$/, "gpt-5-2025-08-07")}-finetune` : base}`;
}

/** A recorded limit where there is one. */
export function quotaLimit(use: QuotaUse): number {
  const { sku, fineTuned } = use;
  const known = recorded[quotaName(use)];
  if (known !== undefined) return known;
  const limit = limits[sku];
  return limit ? limit[fineTuned ? "finetune" : "base"] : 0;
}

/** Capacity in use in a region: of deployments, and of those deleted a moment ago. */
export function quotaUsed(world: Pick<World, "clock" | "state">, location: string, quota: string): number {
  const live = world.state.accounts
    .filter((account) => account.location === location)
    .flatMap((account) => account.deployments)
    .filter((deployment) => deployment.quota === quota)
    .map(({ sku }) => sku.capacity);
  const lingering = world.state.freedQuota
    .filter((freed) => freed.location === location && freed.quota === quota && world.clock.now() < freed.freeAt)
    .map(({ capacity }) => capacity);
  return [...live, ...lingering].reduce((sum, capacity) => sum + capacity, 0);
}

/** Deployments of tuned models in a region; provisioned ones don't count (guess, after the quota's name in the portal). */
export function tunedDeployments(world: Pick<World, "state">, location: string): number {
  return world.state.accounts
    .filter((account) => account.location === location)
    .flatMap((account) => account.deployments)
    .filter(({ fineTuned, sku }) => fineTuned && !sharesQuota(sku.name)).length;
}

/** @throws AzureError InsufficientQuota when `capacity` more does not fit */
export function requireQuota(
  world: Pick<World, "clock" | "state">,
  location: string,
  use: QuotaUse,
  capacity: number,
): void {
  const used = quotaUsed(world, location, quotaName(use));
  const limit = quotaLimit(use);
  if (capacity > limit - used) {
    const name = `Tokens Per Minute (thousands) - ${use.model}${use.fineTuned ? "-finetune" : ""}`;
    const sentence =
      `This operation require ${capacity} new capacity in quota ${name}, which is bigger than the current available ` +
      `capacity ${Math.max(limit - used, 0)}. The current quota usage is ${used} and the quota limit is ${limit} for quota ${name}.`;
    throw new AzureError(400, "InsufficientQuota", sentence);
  }
}

/** The capacity of a deleted deployment comes back only after a while. */
export function freeQuota(
  world: Pick<World, "clock" | "settings" | "state">,
  account: AccountRecord,
  { quota, sku }: DeploymentRecord,
): void {
  const freeAt = world.clock.now() + world.settings.quotaFreeSeconds * 1000;
  world.state.freedQuota.push({ location: account.location, quota, capacity: sku.capacity, freeAt });
}

/** The SKU as Azure spells it, however it was written; undefined when there is none of that name. */
export function findSku(name: string): string | undefined {
  return deploymentSkus.find((known) => sameName(known, name));
}
