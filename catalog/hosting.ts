import { sameName } from "../format/same-name";
import { type Catalog, type CatalogModel, shippedCatalog } from "./catalog";
import { regionName } from "./models";

/** What a deployment costs while it exists, used or not. */
export interface HostingCost {
  usdPerHour: number;
  /** A month has 730 hours. */
  usdPerMonth: number;
  /** Sentence: what the figures assume; absent when they assume nothing. */
  assumption?: string;
}

/** Whether a deployment type is paid by throughput units. */
export function isProvisioned(deploymentSku: string): boolean {
  return /provisioned/i.test(deploymentSku);
}

/**
 * Price of a deployment of a model tuned from `model`.
 *
 * @param units - where a provisioned deployment is, and its throughput units: they are paid in place of hosting and tokens
 */
export function priceHosting(
  model: CatalogModel,
  deploymentSku: string,
  catalog: Catalog = shippedCatalog,
  units: { location: string; capacity: number } = { location: "", capacity: model.provisionedUnits ?? 0 },
): HostingCost {
  const { hosting, freeHostingSkus, hoursPerMonth, provisioned, asOf } = catalog.prices;
  if (isProvisioned(deploymentSku)) {
    const listed = provisioned.regions?.[regionName(units.location)];
    const rate = listed ?? provisioned.usdPerUnitHour;
    const usdPerHour = units.capacity * rate;
    const assumption = `The price list of ${asOf} has no price for provisioned throughput in ${units.location || "that region"}; this estimate assumes $${rate} per unit per hour.`;
    return { usdPerHour, usdPerMonth: usdPerHour * hoursPerMonth, ...(listed === undefined && { assumption }) };
  }
  const free = freeHostingSkus.some((sku) => sameName(sku, deploymentSku));
  const price = hosting.find((entry) => entry.model === model.id) ?? hosting.find((entry) => entry.model === "*");
  const usdPerHour = free ? 0 : (price?.usdPerHour ?? 0);
  return { usdPerHour, usdPerMonth: usdPerHour * hoursPerMonth };
}
