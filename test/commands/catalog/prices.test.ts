import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { rmSync, writeFileSync } from "node:fs";
import { startForTest, type TestService } from "local-azure/testing";
import { AzureFailure } from "../../../azure-openai/failure";
import { shippedCatalog } from "../../../catalog";
import { inWords } from "../../../commands/catalog/change";
import { priceChanges, products } from "../../../commands/catalog/price-changes";
import { type Meter, readPriceFeed } from "../../../commands/catalog/price-feed";
import { HastyClock } from "../../support/hasty-clock";
import { trustAuthority } from "../../support/trust";

const today = new Date("2026-11-27");
const meter = (retailPrice: number, effectiveStartDate: string, more: Partial<Meter> = {}): Meter => ({
  ...{ productName: "Azure OpenAI", meterName: "gpt-4o-0806-FT-Trng-glbl tkn Tokens", armRegionName: "northcentralus" },
  ...{ unitOfMeasure: "1K", retailPrice, effectiveStartDate, ...more },
});

describe("the rehearsal's price feed", () => {
  let service: TestService;
  let feed: string;
  beforeAll(async () => {
    service = await startForTest();
    trustAuthority(service.caPem);
    feed = `${service.origin}/api/retail/prices`;
  });
  afterAll(() => service.close());

  it("has the prices of the catalog", async () => {
    const rows = await readPriceFeed(feed, products, new HastyClock());
    expect(rows.length).toBeGreaterThan(60);
    expect(priceChanges(shippedCatalog, rows, today)).toEqual([]);
  });

  it("is read to its last page", async () => {
    const prices = Array.from({ length: 2_001 }, (_, row) => ({ ...meter(row, "2026-01-01"), type: "Consumption" }));
    writeFileSync(service.world.listsFile, JSON.stringify({ prices }));
    const rows = await readPriceFeed(feed, ["Azure OpenAI"], new HastyClock());
    expect([rows.length, rows.at(-1)!.retailPrice]).toEqual([2_001, 2_000]);
    rmSync(service.world.listsFile);
  });

  it.each([
    ["nobody listens", "https://localhost:1/api/retail/prices", /localhost:1/],
    ["something else answers", "metadata/endpoints", /the response is not a price feed/],
  ])("says so where %s", async (_what, address, sentence) => {
    const url = address.startsWith("https") ? address : `${service.origin}/${address}`;
    const failure = await readPriceFeed(url, products, new HastyClock()).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(AzureFailure);
    expect((failure as Error).message).toMatch(sentence);
  });
});

describe("priceChanges", () => {
  const said = (...rows: Meter[]) => priceChanges(shippedCatalog, rows, today).map(inWords);

  it("compares with the newest price that holds today", () => {
    const rows = [meter(0.025, "2025-01-01"), meter(0.02, "2026-09-01"), meter(0.01, "2027-01-01")];
    expect(said(...rows)).toEqual([
      "gpt-4o-2024-08-06 prices.training.usd.GlobalStandard: 25 -> 20 (gpt-4o-0806-FT-Trng-glbl tkn Tokens)",
    ]);
  });

  it("knows regions with a price of their own, hosting and throughput units", () => {
    const hour = { unitOfMeasure: "1 Hour" };
    expect(
      said(
        meter(0.031, "2026-01-01", {
          meterName: "gpt-4.1 FT Training regional Tokens",
          armRegionName: "swedencentral",
        }),
        meter(2, "2026-01-01", { ...hour, meterName: "gpt-4.1-ft hosting global Unit" }),
        meter(2.3, "2026-01-01", { ...hour, meterName: "Provisioned Managed Regional Unit", armRegionName: "uksouth" }),
      ),
    ).toEqual([
      "gpt-4.1-2025-04-14 prices.training.regions.swedencentral.Standard: 30.25 -> 31 (gpt-4.1 FT Training regional Tokens)",
      "gpt-4.1-2025-04-14 prices.hostingUsdPerHour: 1.7 -> 2 (gpt-4.1-ft hosting global Unit)",
      "prices.json provisioned.regions.uksouth: 2.2 -> 2.3 (Provisioned Managed Regional Unit)",
    ]);
  });

  it("takes a meter that the feed doesn't have for no difference", () => {
    expect(said()).toEqual([]);
  });
});
