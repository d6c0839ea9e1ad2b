import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readSetupFile, writeSetupFile } from "../../playground/setup-file";
import { noSettings, type Settings } from "../../playground/page/settings-values";
import { fileOf, settingsOf } from "../../playground/page/setup-file-settings";
import type { DeploymentChoice } from "../../playground/api";

const choice = (name: string) => ({ name }) as DeploymentChoice;
const number = (min: number, max: number) => fc.option(fc.double({ min, max, noNaN: true }), { nil: undefined });
const valid: fc.Arbitrary<Settings> = fc.record({
  systemMessage: fc.string(),
  fewShot: fc.array(
    fc.record(
      { user: fc.string(), assistant: fc.string(), images: fc.constant([{ url: "data:image/png;base64,AAAA" }]) },
      { requiredKeys: ["user", "assistant"] },
    ),
  ),
  reasoningEffort: fc.constantFrom(undefined, "low" as const, "high" as const),
  temperature: number(0, 2),
  topP: number(0, 1),
  maxTokens: fc.option(fc.integer({ min: 1 }), { nil: undefined }),
  seed: fc.option(fc.integer(), { nil: undefined }),
  frequencyPenalty: number(-2, 2),
  presencePenalty: number(-2, 2),
  stop: fc.constantFrom("", "END", "\\n\nEND"),
  format: fc.constantFrom("text" as const, "json_object" as const, "json_schema" as const),
  schema: fc.constant('{"name": "a", "schema": {"type": "object"}, "strict": true}'),
  tools: fc.constantFrom("", '[{"name": "now"}]'),
  deployments: fc.subarray(["one", "two"]),
});

it("a setup that is exported and imported asks the same", () => {
  fc.assert(
    fc.property(valid, (settings) => {
      const text = writeSetupFile(fileOf(settings));
      const { settings: found, missing } = settingsOf(readSetupFile(text), [choice("one"), choice("two")]);
      expect(missing).toEqual([]);
      // Through JSON a zero has no sign.
      expect(writeSetupFile(fileOf({ ...settings, ...found }))).toBe(text);
    }),
  );
});

it("deployments that the account doesn't have are left out, and named", () => {
  const file = readSetupFile(writeSetupFile(fileOf({ ...noSettings, deployments: ["gone", "two"] })));
  const { settings, missing } = settingsOf(file, [choice("two")]);
  expect([settings.deployments, missing]).toEqual([["two"], ["gone"]]);
  expect(settingsOf(file, []).settings).not.toHaveProperty("deployments");
});

it.each<[Partial<Settings>, string]>([
  [{ stop: "1\n2\n3\n4\n5" }, "Stop sequences can't be exported: expected up to 4"],
  [{ format: "json_schema", schema: "{" }, "Response format can't be exported: this is not valid JSON"],
  [{ tools: '[{"name": "a b"}]' }, "Tools can't be exported: 0.name: expected"],
])("what is typed wrong is not exported: %j", (part, message) => {
  expect(() => fileOf({ ...noSettings, ...part })).toThrow(message);
});

describe("a file that is none", () => {
  const file = () => JSON.parse(writeSetupFile(fileOf(noSettings))) as Record<string, unknown>;
  it.each<[string, object, string | RegExp]>([
    ["a number out of range", { parameters: { topP: 1.5 } }, /^parameters\.topP: /],
    ["a stop that is no list", { parameters: { stop: "END" } }, /^parameters\.stop: /],
    ["an example without its answer", { fewShot: [{ user: "" }] }, /^fewShot\.0\.assistant: /],
    ["three deployments", { deployments: ["a", "b", "c"] }, /^deployments: /],
    ["a member that it doesn't have", { token: "secret" }, /token/],
    ["a later version", { version: 2 }, /^version: /],
    ["another kind of file", { kind: "report" }, /^kind: /],
  ])("%s", (_, part, message) => {
    expect(() => readSetupFile(JSON.stringify({ ...file(), ...part }))).toThrow(message);
  });

  it("text that is not JSON, or very long", () => {
    expect(() => readSetupFile("no")).toThrow("The file is not valid JSON");
    expect(() => readSetupFile("[]")).toThrow(/^The file: /);
    expect(() => readSetupFile(" ".repeat(68_000_000))).toThrow("too large");
  });
});
