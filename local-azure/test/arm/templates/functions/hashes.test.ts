import { describe, expect, it } from "@jest/globals";
import { templateGuid, uniqueString } from "../../../../src/arm/templates/functions/hashes";

describe("hashes of templates are Azure's own", () => {
  it.each([
    ["rbgf3xv4ufgzg", ["test"]],
    ["a7wkljktk6wne", ["hello", "world"]],
    ["cgtzqvhu4i23s", ["abc"]],
    ["bmg7c6xu4tw46", ["/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/my-rg"]],
    ["xzi4ioaxtmth4", ["foo", "bar", "baz"]],
  ])("uniqueString %s", (expected, texts) => {
    expect(uniqueString(texts)).toBe(expected);
  });

  it("guid is a name-based UUID of the texts joined by a hyphen", () => {
    expect(templateGuid(["a", "b"])).toBe(templateGuid(["a-b"]));
    expect(templateGuid(["a", "b"])).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
