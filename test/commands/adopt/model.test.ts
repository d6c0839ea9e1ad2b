import { expect, it } from "@jest/globals";
import { takeModel, tunedName } from "../../../commands/adopt/model";

const at = { location: "northcentralus", today: new Date("2026-11-27") };
const take = (model: string, more: Partial<Parameters<typeof takeModel>[1]> = {}) =>
  takeModel({ model }, { ...at, ...more });

it.each<[string, Partial<typeof at>, Record<string, unknown>, RegExp[]]>([
  ["gpt-4o-mini-2024-07-18", {}, { model: "gpt-4o-mini-2024-07-18", trainingType: "Standard" }, []],
  [
    "gpt-4o-mini",
    {},
    { model: "gpt-4o-mini-2024-07-18", trainingType: "Standard" },
    [/Azure's name for gpt-4o-mini is gpt-4o-mini-2024-07-18/],
  ],
  [
    "ft:gpt-4o-mini-2024-07-18:contoso:tutor:x",
    {},
    { model: "gpt-4o-mini-2024-07-18", trainingType: "Standard" },
    [/^The job continued from ft:gpt-4o-mini-2024-07-18:contoso:tutor:x, which doesn't exist on Azure/],
  ],
  [
    "gpt-4o-mini-2024-07-18",
    { location: "japaneast" },
    { model: "gpt-4o-mini-2024-07-18", trainingType: "GlobalStandard", deploy: { sku: "GlobalStandard" } },
    [
      /^trainingType is GlobalStandard, because Standard training of \S+ isn't available in japaneast/,
      /^deploy\.sku is GlobalStandard/,
    ],
  ],
])("%s %j", (model, more, settings, sentences) => {
  const taken = take(model, more);
  expect(taken.settings).toEqual({ location: more.location ?? at.location, ...settings });
  expect(taken.differences).toEqual([
    ...sentences.map((sentence) => expect.stringMatching(sentence)),
    expect.stringMatching(/^According to the catalog, Azure stops offering training for \S+ on 20\d\d-\d\d-\d\d\.$/),
  ]);
});

it("takes another model where one is named, and says so", () => {
  const { settings, differences } = take("davinci-002", { named: "gpt-4.1-mini" });
  expect(settings).toMatchObject({ model: "gpt-4.1-mini-2025-04-14" });
  expect(differences).toContain(
    "model is gpt-4.1-mini-2025-04-14 instead of davinci-002, as set by --model. Its answers will differ.",
  );
});

it.each([
  [
    "a model that Azure doesn't tune",
    "davinci-002",
    {},
    /^The job's model, davinci-002, is not one that a stack can fine-tune\. .*gpt-4\.1.* Choose one with --model\.$/,
  ],
  [
    "a model that is retired for training",
    "gpt-3.5-turbo-0125",
    { today: new Date("2030-01-01") },
    /^The job's model, gpt-3\.5-turbo-0125, is not/,
  ],
  ["a model of other accounts", "gpt-oss-20b", {}, /^The job's model, gpt-oss-20b, is not/],
  [
    "a misspelt one",
    "davinci-002",
    { named: "gpt-9" },
    /^--model is gpt-9, which is not a model that a stack can fine-tune/,
  ],
])("refuses %s", (_case, model, more, sentence) => {
  expect(() => take(model, more)).toThrow(sentence);
});

it.each([
  ["ft:gpt-4o:contoso:tutor:x", { base: "gpt-4o", suffix: "tutor" }],
  ["ft:gpt-4o:contoso::x:ckpt-step-88", { base: "gpt-4o", suffix: undefined }],
  ["gpt-4o", undefined],
  [null, undefined],
])("%s has the parts %j", (name, parts) => {
  expect(tunedName(name)).toEqual(parts);
});
