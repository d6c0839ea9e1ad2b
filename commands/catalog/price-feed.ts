import { z } from "zod";
import { Calls } from "../../azure-openai/calls";
import type { Clock } from "../../azure-openai/clock";
import { AzureFailure } from "../../azure-openai/failure";
import { fetchJson } from "../../azure-openai/fetch-json";

/** Where Azure publishes its prices, for anybody (learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices). */
export const PRICE_FEED = "https://prices.azure.com/api/retail/prices";

/** A row of the feed, as far as it is used. */
export interface Meter {
  productName: string;
  meterName: string;
  armRegionName: string;
  unitOfMeasure: string;
  /** USD per unit. */
  retailPrice: number;
  /** ISO moment from which it holds: old prices stay in the feed, and coming ones are in it. */
  effectiveStartDate: string;
}

const page = z.looseObject({
  Items: z.array(
    z.looseObject({
      productName: z.string(),
      meterName: z.string(),
      armRegionName: z.string(),
      unitOfMeasure: z.string(),
      retailPrice: z.number(),
      effectiveStartDate: z.string(),
    }),
  ),
  NextPageLink: z.string().nullish(),
});

/** More pages than any product has. */
const MOST_PAGES = 100;

/**
 * The prices of some products in USD, one query each: long filters are refused, and `serviceName` has been renamed before. 429 and outages are
 * waited out as for every other request.
 *
 * @throws AzureFailure where the feed can't be reached, or what answers isn't it
 */
export async function readPriceFeed(feed: string, products: readonly string[], clock: Clock): Promise<Meter[]> {
  const calls = new Calls({ clock, target: feed, renewToken: () => undefined });
  const found: Meter[] = [];
  for (const product of products) {
    const query = new URLSearchParams({
      ...{ "api-version": "2023-01-01-preview", currencyCode: "'USD'" },
      $filter: `contains(productName,'${product}') and priceType eq 'Consumption'`,
    });
    let next: string | null | undefined = `${feed}?${query.toString()}`;
    for (let pages = 0; next; pages++) {
      if (pages === MOST_PAGES || new URL(next).origin !== new URL(feed).origin) {
        throw new AzureFailure(
          `Reading the price feed ${feed} failed: its link to the next page leads to another site`,
        );
      }
      const url = next;
      const answer = page.safeParse(await calls.run(`Reading the prices of ${product}`, () => fetchJson(url)));
      if (!answer.success)
        throw new AzureFailure(`Reading the price feed ${feed} failed: the response is not a price feed`);
      found.push(...answer.data.Items);
      next = answer.data.NextPageLink;
    }
  }
  return found;
}
