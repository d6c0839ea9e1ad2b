import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { inputsAfterDrift } from "../../src/azure-native/drift";
import { secret, type Properties } from "../../src/azure-native/values";

it.each<[string, Properties, Properties, Properties, Properties]>([
  ["a changed value", { tags: { a: "1" } }, { tags: { a: "1" } }, { tags: { a: "2" } }, { tags: { a: "2" } }],
  [
    "a removed value",
    { tags: { a: "1", b: "2" } },
    { tags: { a: "1", b: "2" } },
    { tags: { a: "1" } },
    { tags: { a: "1" } },
  ],
  [
    "an added value",
    { tags: { a: "1" } },
    { tags: { a: "1" } },
    { tags: { a: "1", c: "3" } },
    { tags: { a: "1", c: "3" } },
  ],
  [
    "values that only the service sets",
    { sku: { name: "S0" } },
    { sku: { name: "S0", tier: "T" } },
    { sku: { name: "S0", tier: "T" } },
    { sku: { name: "S0" } },
  ],
  [
    "a change of what only the service set",
    { sku: { name: "S0" } },
    { sku: { name: "S0", tier: "T" } },
    { sku: { name: "S0", tier: "U" } },
    { sku: { name: "S0", tier: "U" } },
  ],
  [
    "another spelling by the service",
    { location: "Sweden Central" },
    { location: "swedencentral" },
    { location: "swedencentral" },
    { location: "Sweden Central" },
  ],
  [
    "a secret that changed",
    { tags: { a: secret("1") } },
    { tags: { a: "1" } },
    { tags: { a: "2" } },
    { tags: { a: secret("2") } },
  ],
  [
    "an untouched secret",
    { tags: { a: secret("1") } },
    { tags: { a: "1", b: "x" } },
    { tags: { a: "1", b: "y" } },
    { tags: { a: secret("1"), b: "y" } },
  ],
  ["a list", { l: ["a", "B"] }, { l: ["a", "b"] }, { l: ["a", "b", "c"] }, { l: ["a", "B", "c"] }],
])("%s", (_, inputs, before, after, expected) => expect(inputsAfterDrift(inputs, before, after)).toEqual(expected));

it("changes nothing where the answers are the same, whatever they say", () => {
  const properties = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })) as fc.Arbitrary<Properties>;
  fc.assert(
    fc.property(properties, properties, (inputs, answer) => {
      expect(inputsAfterDrift(inputs, answer, structuredClone(answer))).toEqual(inputs);
    }),
  );
});
