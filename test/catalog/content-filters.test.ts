import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { systemPolicies } from "local-azure/arm/system-policies";
import {
  BASE_POLICY,
  contentFilters,
  type ContentFilterRow,
  FILTER_NAMES,
  filterProblems,
  SEVERITIES,
  weakerThanBase,
} from "../../catalog";

const key = ({ name, source }: { name: string; source?: string }) => `${name}/${source}`;

describe("contentFilters", () => {
  it("without changes are the base policy's, as the rehearsal lists it", () => {
    const listed = systemPolicies[BASE_POLICY]!.contentFilters;
    const sorted = (rows: readonly ContentFilterRow[]) => [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
    expect(sorted(contentFilters([]))).toEqual(sorted(listed));
  });

  it.each<[string, ContentFilterRow, ContentFilterRow[]]>([
    [
      "of both sides",
      { name: "Hate", severityThreshold: "Low" },
      [
        { name: "Hate", source: "Prompt", enabled: true, blocking: true, severityThreshold: "Low" },
        { name: "Hate", source: "Completion", enabled: true, blocking: true, severityThreshold: "Low" },
      ],
    ],
    [
      "of one side",
      { name: "Hate", source: "Prompt", severityThreshold: "High" },
      [
        { name: "Hate", source: "Prompt", enabled: true, blocking: true, severityThreshold: "High" },
        { name: "Hate", source: "Completion", enabled: true, blocking: true, severityThreshold: "Medium" },
      ],
    ],
    [
      "that is only reported by default blocks once it is named",
      { name: "Protected Material Code" },
      [{ name: "Protected Material Code", source: "Completion", enabled: true, blocking: true }],
    ],
    [
      "that is off by default is on once it is named",
      { name: "Indirect Attack" },
      [{ name: "Indirect Attack", source: "Prompt", enabled: true, blocking: true }],
    ],
    [
      "that is switched off",
      { name: "Jailbreak", enabled: false },
      [{ name: "Jailbreak", source: "Prompt", enabled: false, blocking: true }],
    ],
  ])("a filter %s", (_what, given, rows) => {
    expect(contentFilters([given]).filter(({ name }) => name === given.name)).toEqual(rows);
  });
});

const given = fc.array(
  fc.record(
    {
      name: fc.constantFrom(...FILTER_NAMES),
      source: fc.constantFrom("Prompt" as const, "Completion" as const),
      severityThreshold: fc.constantFrom(...SEVERITIES),
      enabled: fc.boolean(),
      blocking: fc.boolean(),
    },
    { requiredKeys: ["name"] },
  ),
  { maxLength: 5 },
);

it("each filter is sent once, complete, and those that are not named as they are", () => {
  const base = new Map(contentFilters([]).map((row) => [key(row), row]));
  fc.assert(
    fc.property(given, (filters) => {
      fc.pre(filterProblems(filters, "filters").length === 0);
      const sent = contentFilters(filters);
      expect(new Set(sent.map(key)).size).toBe(sent.length);
      const named = filters.map(({ name }) => name);
      const untouched = [...base.values()].filter(({ name }) => !named.includes(name));
      expect(sent).toEqual(expect.arrayContaining(untouched));
      for (const row of sent)
        expect([typeof row.enabled, typeof row.blocking, typeof row.source]).not.toContain("undefined");
    }),
  );
});

describe("weakerThanBase", () => {
  it("never names a policy that only adds or tightens", () => {
    const tightened = given.map((filters) =>
      filters.map(({ name, severityThreshold }) => ({
        name,
        ...(severityThreshold && { severityThreshold: "Low" as const }),
      })),
    );
    fc.assert(
      fc.property(tightened, (filters) => {
        fc.pre(filterProblems(filters, "filters").length === 0);
        expect(weakerThanBase(contentFilters(filters))).toEqual([]);
      }),
    );
  });

  it.each<[ContentFilterRow, string[]]>([
    [
      { name: "Hate", severityThreshold: "High", source: "Prompt" },
      ["Hate (Prompt) is filtered from severity High instead of Medium"],
    ],
    [{ name: "Jailbreak", enabled: false }, ["Jailbreak (Prompt) is off"]],
    [
      { name: "Violence", blocking: false, source: "Completion" },
      ["Violence (Completion) is reported, but not blocked"],
    ],
    [{ name: "Protected Material Code", blocking: false }, []],
    [{ name: "Indirect Attack", enabled: false }, []],
  ])("%j: %j", (filter, expected) => {
    expect(weakerThanBase(contentFilters([filter])).map(({ how }) => how)).toEqual(expected);
  });
});

it.each<[string, ContentFilterRow[], RegExp]>([
  [
    "an unknown category",
    [{ name: "hate" }],
    /^contentFilter\.filters\[0\]\.name is "hate"; expected Hate, .+ or Spotlighting\.$/,
  ],
  [
    "a side that Azure doesn't filter",
    [{ name: "Jailbreak", source: "Completion" }],
    /Azure filters Jailbreak only in the Prompt/,
  ],
  [
    "a severity where there is none",
    [{ name: "Jailbreak", severityThreshold: "Low" }],
    /Jailbreak has no severity levels/,
  ],
  [
    "the same twice",
    [{ name: "Hate" }, { name: "Hate", source: "Prompt" }],
    /filters\[1\] is the second filter for Hate of the Prompt/,
  ],
])("%s is refused", (_what, filters, problem) => {
  expect(filterProblems(filters, "contentFilter.filters")).toEqual([expect.stringMatching(problem)]);
});
