import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  containsUnknown,
  isSecret,
  plain,
  secret,
  UNKNOWN,
  withSecretsOf,
  type Value,
} from "../../src/azure-native/values";

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Value>;

describe("secrets", () => {
  it("come out where they were put in, at any depth", () => {
    const inputs = { tags: { open: "a", hidden: secret("b") }, list: [secret("c"), "d"], whole: secret({ x: 1 }) };
    const outputs = { tags: { open: "a", hidden: "B", more: "e" }, list: ["C", "d"], whole: { x: 2, y: 3 } };
    expect(withSecretsOf(inputs, outputs)).toEqual({
      tags: { open: "a", hidden: secret("B"), more: "e" },
      list: [secret("C"), "d"],
      whole: secret({ x: 2, y: 3 }),
    });
  });

  it("are taken off by plain, and nothing else is", () => {
    fc.assert(fc.property(json, (value) => expect(plain(secret(value))).toEqual(plain(value))));
    expect(plain({ a: secret([secret(1)]), gone: null, alsoGone: secret(null) })).toEqual({ a: [1] });
  });

  it("are wrapped once", () => {
    expect(isSecret(secret("x"))).toBe(true);
    expect(secret(secret("x"))).toEqual(secret("x"));
  });
});

it.each<[Value, boolean]>([
  [UNKNOWN, true],
  ["1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", true],
  [{ a: [{ b: UNKNOWN }] }, true],
  [secret(UNKNOWN), true],
  [{ a: ["known", 1, null] }, false],
])("finds unknowns in %j: %s", (value, expected) => expect(containsUnknown(value)).toBe(expected));
