import type { BaseModel } from "./base-models";
import data from "./tuned-regions.json";

const groups: Record<string, string[]> = data.groups;
const models: Record<string, Record<string, string[]>> = data.models;

/** Whose regions a model has where it has none of its own. */
const LIKE = "gpt-4.1";

/**
 * Whether deployments of models tuned from a base model can have a type in a region; of provisioned ones no regions are on record.
 *
 * @param region - short form, e.g. `swedencentral`
 */
export function isServed({ name, tunedSkus }: BaseModel, sku: string, region: string): boolean {
  if (!tunedSkus.includes(sku)) return false;
  if (/provisioned/i.test(sku)) return true;
  const listed = models[name]?.[sku] ?? models[LIKE]?.[sku] ?? [];
  return listed.some((one) => one === region || groups[one]?.includes(region) === true);
}
