import { type Catalog, type CatalogModel, shippedCatalog } from "./catalog";

const events: { key: keyof CatalogModel["retirement"]; coming: string; past: string }[] = [
  { key: "base", coming: "is retired on", past: "was retired on" },
  { key: "training", coming: "can't be fine-tuned any more from", past: "can't be fine-tuned since" },
  {
    key: "deployments",
    coming: "loses the deployments of models tuned from it on",
    past: "lost the deployments of models tuned from it on",
  },
];

/**
 * Sentences about dates of retirement that have passed or come within 90 days (`limits.closingWithinDays`).
 *
 * @param today - the day to compare with: injected, since nothing that depends on today may become an input.
 */
export function retirementWarnings(model: CatalogModel, today: Date, catalog: Catalog = shippedCatalog): string[] {
  const day = 24 * 60 * 60 * 1000;
  return events.flatMap(({ key, coming, past }) => {
    const date = model.retirement[key];
    if (!date) return [];
    const days = Math.ceil((Date.parse(date) - today.getTime()) / day);
    if (days > catalog.limits.closingWithinDays) return [];
    const sentence = days > 0 ? `${coming} ${date} (in ${days} day${days === 1 ? "" : "s"})` : `${past} ${date}`;
    return [`${model.id} ${sentence}. Plan the move to another model; dates are in the catalog and do move.`];
  });
}
