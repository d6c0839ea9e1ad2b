import { expect, it } from "@jest/globals";
import { refusedParameters, shippedCatalog } from "../../catalog";
import { baseModels } from "../../local-azure/src/models/base-models";

it("the catalog and the rehearsal agree on which models refuse sampling parameters", () => {
  const both = shippedCatalog.models.flatMap((model) => {
    const rehearsed = baseModels.find(({ id }) => id === model.id);
    return rehearsed
      ? [{ id: model.id, catalog: refusedParameters(model).length > 0, rehearsal: rehearsed.reasoning }]
      : [];
  });
  expect(both.filter(({ catalog, rehearsal }) => catalog !== rehearsal)).toEqual([]);
  expect(both.filter(({ catalog }) => catalog).map(({ id }) => id)).toContain("o4-mini-2025-04-16");
  expect(both.some(({ catalog }) => !catalog)).toBe(true);
});

it("they agree on the efforts of reasoning, too", () => {
  const efforts = Object.fromEntries(baseModels.map(({ id, reasoningEfforts }) => [id, reasoningEfforts]));
  const rehearsed = shippedCatalog.models.filter(({ id }) => id in efforts);
  expect(rehearsed.length).toBeGreaterThan(5);
  expect(rehearsed.map(({ id, reasoningEfforts = [] }) => [id, reasoningEfforts])).toEqual(
    rehearsed.map(({ id }) => [id, efforts[id]]),
  );
});
