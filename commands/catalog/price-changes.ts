import { type Catalog, type TrainingType } from "../../catalog";
import meters from "../../catalog/meters.json";
import type { Change } from "./change";
import type { Meter } from "./price-feed";

/** Region whose prices are those of the catalog where it has no other (prices.json, `source`). */
const HOME = "northcentralus";

interface Names {
  training?: Partial<Record<TrainingType, string>>;
  hosting?: string;
}

/** Products whose meters are compared. */
export const { products } = meters;

/**
 * Where the catalog's prices of training, hosting and throughput units and those of the feed differ. A meter that the feed doesn't have is no
 * difference.
 *
 * @param today - the newest price that holds by then counts
 */
export function priceChanges(catalog: Catalog, feed: readonly Meter[], today: Date): Change[] {
  const price = (meterName: string, region: string) => newest(feed, meterName, region, today);
  const { training, hosting, provisioned } = catalog.prices;
  const shared = hosting.find(({ model }) => model === "*")?.usdPerHour;
  const ofModels = Object.entries<Names>(meters.models).flatMap(([model, names]) => {
    const entry = training.find((one) => one.model === model);
    const types = Object.entries(names.training ?? {}).flatMap(([type, meter]) => {
      const before = entry?.usd[type as TrainingType];
      const path = ["prices", "training", "usd", type];
      const elsewhere = Object.entries(entry?.regions ?? {}).flatMap(([region, usd]) => {
        const known = usd[type as TrainingType];
        const there = ["prices", "training", "regions", region, type];
        return known === undefined ? [] : differing(model, there, known, price(meter, region), meter);
      });
      return [...differing(model, path, before, price(meter, HOME), meter), ...elsewhere];
    });
    const own = hosting.find((one) => one.model === model)?.usdPerHour ?? shared;
    const hosted = names.hosting ? price(names.hosting, HOME) : undefined;
    return [...types, ...differing(model, ["prices", "hostingUsdPerHour"], own, hosted, names.hosting ?? "")];
  });
  const units = Object.entries(provisioned.regions ?? {}).flatMap(([region, usd]) =>
    differing(
      undefined,
      ["provisioned", "regions", region],
      usd,
      price(meters.provisioned, region),
      meters.provisioned,
    ),
  );
  return [...ofModels, ...units];
}

function differing(
  model: string | undefined,
  path: string[],
  before: number | undefined,
  after: number | undefined,
  meter: string,
): Change[] {
  if (after === undefined || before === after) return [];
  return [{ file: model === undefined ? "prices.json" : "models.json", model, path, before, after, says: meter }];
}

/** USD per million tokens or per hour. */
function newest(feed: readonly Meter[], meterName: string, region: string, today: Date): number | undefined {
  const [row] = feed
    .filter((one) => one.meterName === meterName && one.armRegionName === region)
    .filter(({ effectiveStartDate }) => Date.parse(effectiveStartDate) <= today.getTime())
    .sort((a, b) => b.effectiveStartDate.localeCompare(a.effectiveStartDate));
  if (!row) return undefined;
  // Tokens are priced by the thousand (`1K`); six decimals are more than any price has.
  const usd = row.unitOfMeasure === "1K" ? row.retailPrice * 1_000 : row.retailPrice;
  return Math.round(usd * 1e6) / 1e6;
}
