import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { passes, readFilter } from "../../src/arm/filter";
import { isByTag, isOfResource, listed } from "../../src/arm/list-query";

const item = (name: string, tags: Record<string, string> = {}) => ({ name, tags });
const items = [item("Alpha", { env: "tmp", owner: "me" }), item("beta", { Env: "prod" }), item("and 'or'")];
const find = ($filter?: string, $top?: string) =>
  listed({ query: { $filter, $top } }, items, isOfResource, ({ name, tags }) => ({
    fields: { name, location: "eastus", resourcetype: "Microsoft.CognitiveServices/accounts" },
    tags,
  })).map(({ name }) => name);

describe("filters of lists", () => {
  it.each([
    [undefined, ["Alpha", "beta", "and 'or'"]],
    ["tagName eq 'ENV'", ["Alpha", "beta"]],
    ["tagname eq 'env' and tagvalue eq 'tmp'", ["Alpha"]],
    ["tagname eq 'env' and tagvalue eq 'TMP'", []],
    ["tagname eq 'owner' and tagvalue eq 'tmp'", []],
    ["startswith(tagName, 'own')", ["Alpha"]],
    ["name eq 'ALPHA'", ["Alpha"]],
    ["name eq 'and ''or'''", ["and 'or'"]],
    ["name ne 'beta' and location eq 'EASTUS'", ["Alpha", "and 'or'"]],
    ["name eq 'beta' or substringof('lph', name)", ["Alpha", "beta"]],
    ["resourceType eq 'Microsoft.Storage/storageAccounts'", []],
  ])("%s", (filter, expected) => expect(find(filter)).toEqual(expected));

  it.each([
    "bogus",
    "name",
    "name eq 5",
    "kind eq 'OpenAI'",
    "tagValue eq 'tmp'",
    "name eq 'a' nor name eq 'b'",
    "(name eq 'a')",
  ])("%s is refused with the filter in the words on record", (filter) => {
    expect(() => find(filter)).toThrow(`Invalid $filter '${filter}' specified in the query string.`);
  });

  it("$top cuts the list, and is a whole number from 1", () => {
    expect(find(undefined, "2")).toEqual(["Alpha", "beta"]);
    for (const top of ["0", "-1", "x", ""]) expect(() => find(undefined, top)).toThrow(/Invalid \$top/);
  });

  it("groups are filtered by tag alone", () => {
    expect(() => readFilter("name eq 'foo'", isByTag)).toThrow(/Invalid \$filter/);
  });

  it("any text can be looked for", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, other) => {
        const filter = readFilter(`name eq '${name.replaceAll("'", "''")}'`, isOfResource);
        expect(passes(filter, { fields: { name } })).toBe(true);
        expect(passes(filter, { fields: { name: other } })).toBe(name.toLowerCase() === other.toLowerCase());
      }),
    );
  });
});
