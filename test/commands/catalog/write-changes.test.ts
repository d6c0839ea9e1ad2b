import { expect, it } from "@jest/globals";
import type { Change } from "../../../commands/catalog/change";
import { type CatalogFile, withChanges } from "../../../commands/catalog/write-changes";

const file: CatalogFile = {
  asOf: "2026-10-06",
  sources: ["a page (2026-10-06)", "Prices (npm run catalog, 2026-11-01)"],
  models: [{ id: "m", retirement: { base: "2027-01-01" } }],
};
const change = (path: string[], after: unknown, model?: string): Change => ({
  ...{ file: "models.json", model, path, after, says: "eastus2" },
});
const origin = { day: "2026-11-27", source: "Lists of models of eastus2" };

it("sets what differs, with the day and the source, and keeps everything else", () => {
  const changes = [change(["retirement", "training"], "2027-04-01", "m"), change(["prices", "usd"], 1, "m")];
  const before = structuredClone(file);
  expect(withChanges(file, changes, origin)).toEqual({
    asOf: "2026-11-27",
    sources: [...file.sources!, "Lists of models of eastus2 (npm run catalog, 2026-11-27)"],
    models: [{ id: "m", retirement: { base: "2027-01-01", training: "2027-04-01" }, prices: { usd: 1 } }],
  });
  expect(file).toEqual(before);
});

it("names a source once, with its newest day", () => {
  const once = withChanges(file, [change(["x"], 1, "m")], origin);
  const twice = withChanges(once, [change(["x"], 2, "m")], { ...origin, day: "2026-12-24" });
  expect(twice.sources).toEqual([...file.sources!, "Lists of models of eastus2 (npm run catalog, 2026-12-24)"]);
  const single = withChanges({ asOf: "", source: "a feed" }, [change(["x"], 1)], origin);
  expect(single.source).toBe("a feed; Lists of models of eastus2 (npm run catalog, 2026-11-27)");
  expect(withChanges(single, [change(["x"], 1)], origin).source).toBe(single.source);
});

it("leaves a file alone in which nothing differs", () => {
  expect(withChanges(file, [], origin)).toBe(file);
});
