import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { trainingKey, type TrainingKeyArgs } from "../../../dynamic-providers/fine-tuning-job/training-key";

const plain: TrainingKeyArgs = {
  model: "gpt-4o-mini-2024-07-18",
  method: "supervised",
  trainingType: "Standard",
  trainingSha256: "a".repeat(64),
};

/** A key that changes means that every stack trains again: these may only ever be added to. */
const golden: [string, TrainingKeyArgs, string][] = [
  ["the least", plain, "8cad835d9381c6bdddd6fb2f2c6b7d38b3430c9cb5d20ca1cbe3bdff2cbd19d0"],
  [
    "a validation file",
    { ...plain, validationSha256: "b".repeat(64) },
    "17d1e2c7938969dd62a1c69f2f5ff4cf47b54176e4d89cfa3575515feb31044a",
  ],
  [
    "hyperparameters",
    { ...plain, hyperparameters: { nEpochs: 3, batchSize: 4, learningRateMultiplier: 0.5 } },
    "01680804501f64fa5bfc73d381fc37730542e3b5286da86e8a5931aa9d12d73d",
  ],
  ["a seed", { ...plain, seed: 0 }, "49172107a73357be0dce2ac11ce4acfb8782a872e14d00755bf34f1d8c4ccac7"],
  [
    "global training",
    { ...plain, trainingType: "GlobalStandard" },
    "7acb3cd40902c8ade200a2bda379243a774ae737e11b90432c6d08f3b5bb3d69",
  ],
  [
    "developer training",
    { ...plain, trainingType: "Developer" },
    "cf55c395a3fdd47d7aeb81f3c8f2a013077275f4d54bfb5b6efa8f6bbb364cc2",
  ],
  [
    "dpo",
    { ...plain, method: "dpo", hyperparameters: { beta: 0.2 } },
    "c91d47748255890910414f368a41d7c0f3c760fb3117907ee50899333cbe8278",
  ],
  [
    "reinforcement",
    {
      ...plain,
      model: "o4-mini-2025-04-16",
      method: "reinforcement",
      grader: { type: "string_check", name: "same", operation: "eq", input: "{{a}}", reference: "{{b}}" },
      hyperparameters: { reasoningEffort: "high" },
    },
    "997f23fad6173e083b328d8f1c35a1215c3296fe0f7578546879cade909e3ad0",
  ],
];

describe("trainingKey", () => {
  it("tells a field of extraBody from a setting of the same name and value", () => {
    expect(trainingKey({ ...plain, extraBody: { seed: 0 } })).not.toBe(trainingKey({ ...plain, seed: 0 }));
  });

  it.each(golden)("is pinned for %s", (_name, args, key) => {
    expect(trainingKey(args)).toBe(key);
  });

  it.each<[string, Partial<TrainingKeyArgs>]>([
    ["auto", { hyperparameters: { nEpochs: "auto", batchSize: "auto" } }],
    ["no hyperparameters", { hyperparameters: {} }],
    ["undefined ones", { hyperparameters: { nEpochs: undefined } }],
    ["reasoning effort default", { hyperparameters: { reasoningEffort: "default" } }],
    ["another case of the training type", { trainingType: "standard" }],
    ["no seed", { seed: undefined }],
    ["no further fields", { extraBody: undefined }],
    ["an empty extraBody", { extraBody: {} }],
    ["an extraBody that adds nothing", { extraBody: { method: { supervised: {} } } }],
  ])("leaves defaults out: %s", (_name, more) => {
    expect(trainingKey({ ...plain, ...more })).toBe(trainingKey(plain));
  });

  it("tells developerTier and Developer as one", () => {
    const [a, b] = ["developerTier", "Developer"].map((trainingType) => trainingKey({ ...plain, trainingType }));
    expect(a).toBe(b);
  });

  it("is the same for any order of properties", () => {
    const grader = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 2 });
    fc.assert(
      fc.property(grader, (given) => {
        const reversed = Object.fromEntries(Object.entries(given).reverse());
        const [a, b] = [given, reversed].map((value) =>
          trainingKey({ ...plain, method: "reinforcement", grader: value }),
        );
        expect(a).toBe(b);
      }),
    );
  });

  it("changes with everything that decides the model", () => {
    const value = fc.record({
      model: fc.constantFrom("gpt-4o-mini-2024-07-18", "gpt-4.1-2025-04-14"),
      method: fc.constantFrom("supervised" as const, "dpo" as const),
      trainingType: fc.constantFrom("Standard", "GlobalStandard", "Developer"),
      seed: fc.option(fc.nat(3), { nil: undefined }),
      extraBody: fc.constantFrom(undefined, { rank: 1 }, { rank: 2 }, { rank: "1" }, { seed: 1 }),
      hyperparameters: fc.record({ nEpochs: fc.constantFrom("auto" as const, 1, 2) }),
      trainingSha256: fc.constantFrom("a".repeat(64), "b".repeat(64)),
      validationSha256: fc.constantFrom(undefined, "a".repeat(64), "b".repeat(64)),
    });
    const identity = (args: TrainingKeyArgs) =>
      JSON.stringify(args, (_key, item: unknown) => (item === undefined ? null : item));
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(trainingKey(a) === trainingKey(b)).toBe(identity(a) === identity(b));
      }),
    );
  });
});
