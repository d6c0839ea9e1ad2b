import { describe, expect, it } from "@jest/globals";
import { readPreview } from "../../../commands/preview-summary/read-preview";
import { withoutSecrets } from "../../../commands/preview-summary/secrets";
import { summarize } from "../../../commands/preview-summary/summary";
import { previewNames, recorded } from "./previews";

const today = new Date("2026-11-23T00:00:00Z");
const canary = (where: string) => `CANARY "${where}" p@ss w0rd; $ecret!`;

type Json = { [key: string]: unknown };

/**
 * Plants a canary beside every property of every resource's inputs and outputs, in every free text, in the configuration and the
 * stack's outputs, before and after.
 */
function planted(digest: Json): string {
  const plant = (value: unknown, where: string): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const grown = Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, plant(inner, `${where}.${key}`)]),
    );
    return { ...grown, apiKey: canary(`${where}.apiKey`), clientSecret: canary(`${where}.clientSecret`) };
  };
  const freeText = {
    systemMessage: canary("system"),
    question: canary("question"),
    answer: canary("answer"),
    key1: canary("key1"),
    grader: { prompt: canary("grader") },
  };
  const state = (value: unknown, side: string) => {
    if (!value) return value;
    const { inputs, outputs, ...rest } = value as { inputs?: Json; outputs?: Json };
    const tags = { tags: { note: canary("tag") }, metadata: { note: canary("metadata") } };
    return {
      ...rest,
      inputs: { ...(plant(inputs ?? {}, "inputs") as Json), ...freeText, ...tags, [side]: canary(side) },
      outputs: { ...(plant(outputs ?? {}, "outputs") as Json), ...freeText },
    };
  };
  const steps = digest.steps as { oldState?: Json; newState?: Json }[];
  return JSON.stringify({
    ...digest,
    config: { "azure-native:clientSecret": canary("config"), ...(digest.config as Json) },
    steps: steps.map((step) => ({
      ...step,
      oldState: state(step.oldState, "before"),
      newState: state(step.newState, "after"),
    })),
  });
}

describe("canaries in every input and output", () => {
  it.each(previewNames)("%s shows none of them", (name) => {
    const text = recorded(name);
    const digest = JSON.parse(text.slice(0, text.lastIndexOf("}") + 1)) as Json;
    const withCanaries = planted(digest);
    expect(withCanaries.match(/CANARY/g)!.length).toBeGreaterThan(50);
    const { markdown, verdict } = summarize(readPreview(withCanaries), today);
    expect(markdown).not.toMatch(/CANARY|w0rd|ecret!/);
    expect(verdict).toBe(summarize(readPreview(text), today).verdict);
  });

  it("shows none where a canary takes the place of a property that is shown", () => {
    const digest = JSON.parse(recorded("data-change")) as { steps: { newState?: { inputs?: Json } }[] };
    for (const { newState } of digest.steps) {
      for (const key of Object.keys(newState?.inputs ?? {}))
        if (typeof newState!.inputs![key] === "string") newState!.inputs![key] = canary(key);
    }
    expect(summarize(readPreview(JSON.stringify(digest)), today).markdown).not.toContain("CANARY");
  });
});

it.each([
  ["a token", "Authorization: Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwcyJ9.c2ln"],
  ["an API token", "sk-proj-abcdefghijklmnop1234"],
  ["a client secret", "the secret abc8Q~0123456789abcdefghijklmnopqrstuv is wrong"],
  ["an account key", "0123456789abcdef0123456789abcdef"],
  ["a new account key", "A1".repeat(42)],
  ["a storage connection", "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=abcdefgh12345678=="],
  ["a private key", "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"],
])("text of others loses %s", (_what, text) => {
  const errors = `error: sign-in failed: ${text}\n`;
  const hidden = summarize(readPreview(errors), today).markdown;
  expect(hidden).toContain("[hidden]");
  for (const word of text.split(/\s+/).filter((part) => part.length > 15)) expect(hidden).not.toContain(word);
});

it("hashes, job ids and addresses of resources are no secrets", () => {
  const text = `ftjob-0123456789abcdef0123456789abcdef file-0123456789abcdef0123456789abcdef ${"ab".repeat(32)}`;
  expect(withoutSecrets(text)).toBe(text);
});
