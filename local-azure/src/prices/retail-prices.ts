import { existsSync, readFileSync } from "node:fs";
import type { App } from "../http/app";
import { AzureError } from "../http/azure-error";
import type { World } from "../world/world";
import data from "./meters.json";

/** A row of the feed, as far as anybody reads it. */
export interface Item {
  [name: string]: unknown;
}

/** As documented: 1,000 rows a page. */
const PAGE = 1_000;

/**
 * The price feed of the Azure Retail Prices API, for anybody: `GET /api/retail/prices?$filter=...`. Filters are those that are joined by `and`:
 * `name eq 'value'` and `contains(name, 'value')`. `prices` of `lists.json` beside the state file replaces the rows.
 */
export function registerRetailPrices(app: App, world: Pick<World, "listsFile" | "origin">): void {
  app.get("/api/retail/prices", (request) => {
    const { query } = request;
    const matching = itemsOf(world).filter(filterOf(query["$filter"]));
    const skip = Number(query["$skip"] ?? 0);
    const rest = new URLSearchParams({ ...(query as Record<string, string>), $skip: String(skip + PAGE) });
    const Items = matching.slice(skip, skip + PAGE);
    return {
      ...{ BillingCurrency: "USD", CustomerEntityId: "Default", CustomerEntityType: "Retail", Items },
      NextPageLink: skip + PAGE < matching.length ? `${world.origin}/api/retail/prices?${rest.toString()}` : null,
      Count: Items.length,
    };
  });
}

/** Rows of the feed. */
export function itemsOf({ listsFile }: Pick<World, "listsFile">): Item[] {
  const given = existsSync(listsFile)
    ? (JSON.parse(readFileSync(listsFile, "utf8")) as { prices?: Item[] }).prices
    : undefined;
  return given ?? data.meters.flatMap((meter) => data.regions.map((region) => item(meter, region)));
}

function item(
  { regions, retailPrice, meterName, ...meter }: (typeof data.meters)[number],
  armRegionName: string,
): Item {
  const price = (regions as Record<string, number> | undefined)?.[armRegionName] ?? retailPrice;
  return {
    ...{ currencyCode: "USD", tierMinimumUnits: 0, retailPrice: price, unitPrice: price, armRegionName },
    ...{ effectiveStartDate: data.effectiveStartDate, meterName, skuName: meterName.replace(/ (Tokens|Unit)$/, "") },
    ...{ ...meter, serviceName: "Foundry Models", serviceFamily: "AI + Machine Learning", type: "Consumption" },
    isPrimaryMeterRegion: true,
  };
}

/** Values are compared case-sensitively, as since 2023-01-01-preview (documented). */
function filterOf(text: unknown): (item: Item) => boolean {
  if (typeof text !== "string" || text.trim() === "") return () => true;
  const tests = text.split(/\s+and\s+/i).map(conditionOf);
  return (one) => tests.every((test) => test(one));
}

function conditionOf(text: string): (item: Item) => boolean {
  const [, equal, value] = /^\(?\s*(\w+) eq '([^']*)'\s*\)?$/.exec(text) ?? [];
  // `priceType` is the filter's name of `type` (documented).
  if (equal !== undefined) return (one) => one[equal === "priceType" ? "type" : equal] === value;
  const [, containing, part] = /^contains\((\w+),\s*'([^']*)'\)$/.exec(text) ?? [];
  if (containing === undefined) throw new AzureError(400, "BadRequest", `Invalid OData parameters supplied: ${text}.`);
  return (one) => String(one[containing]).includes(part!);
}
