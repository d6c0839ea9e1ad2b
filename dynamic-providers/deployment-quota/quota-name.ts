import type { QuotaUsage } from "../../azure-openai/account-control";
import { baseModelName } from "../../catalog";

/** Version at the end of a base model's name: a date, or the four digits of older models. */
const VERSION = /-(\d{4}-\d{2}-\d{2}|\d{4})$/;

/**
 * What the deployment draws on, among the quotas of its region: `OpenAI.<deployment type>.<base model>-finetune`, e.g.
 * `OpenAI.Standard.gpt-4o-mini-finetune`. The gpt-4.1 family lacks its first dash (`OpenAI.DeveloperTier.gpt4.1-mini-finetune`, recorded),
 * so dashes and case don't count.
 *
 * @param fineTunedModel e.g. `gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678-chat`
 * @returns `undefined` where the region lists no such quota
 */
export function findQuota(usages: QuotaUsage[], sku: string, fineTunedModel: string): QuotaUsage | undefined {
  const family = baseModelName(fineTunedModel).replace(VERSION, "");
  const wanted = comparable(`OpenAI.${sku}.${family}-finetune`);
  return usages.find(({ name }) => comparable(name) === wanted);
}

function comparable(name: string): string {
  return name.replaceAll("-", "").toLowerCase();
}
