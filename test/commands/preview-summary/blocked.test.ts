import { describe, expect, it } from "@jest/globals";
import { readPreview } from "../../../commands/preview-summary/read-preview";
import { summarize } from "../../../commands/preview-summary/summary";
import { digest } from "./digest";
import { recorded } from "./previews";

const today = new Date("2026-11-23T00:00:00Z");
const blocked = (text: string) => {
  const { verdict, markdown } = summarize(readPreview(text), today);
  expect(verdict).toBe("blocked");
  return markdown.slice(markdown.indexOf("### Why it is blocked")).replace("### Why it is blocked\n\n", "");
};
const error = (message: string) => ({ message, severity: "error" });

describe("a preview that failed", () => {
  it.each([
    [
      "a check of a resource",
      digest(
        [],
        [
          error(
            "error: pulumi-nodejs:dynamic/finetune:Dataset resource 'finetune-training-data': property path value {data/bad.jsonl} has a problem: data/bad.jsonl has 2 errors:\n  line 3: no assistant message (no-assistant)\n  line 7: not JSON (bad-json)\n",
          ),
        ],
      ),
      "- data/bad.jsonl has 2 errors:<br>\n  line 3: no assistant message (no-assistant)<br>\n  line 7: not JSON (bad-json)\n",
    ],
    [
      "a setting",
      digest(
        [],
        [
          error('error: deploy.switch is "green"; expected blueGreen, recreate or inPlace.\n'),
          error("error: preview failed\n"),
        ],
      ),
      '- deploy.switch is "green"; expected blueGreen, recreate or inPlace.\n',
    ],
    [
      "a policy",
      '{}\nerror: policy pack "policy" failed to start: could not read plugin\n',
      '- policy pack "policy" failed to start: could not read plugin\n',
    ],
    ["text alone", "error: no stack named 'dev' found\n", "- no stack named 'dev' found\n"],
    ["text without the word error", "npm error Missing script: ci:preview", "- npm error Missing script: ci:preview\n"],
    ["nothing at all", "", "- The preview ended without a result.\n"],
    ["an empty digest", "{}", "- The preview ended without a result.\n"],
  ])("by %s becomes a sentence", (_case, text, sentences) => {
    expect(blocked(text)).toBe(sentences);
  });

  it.each([
    [
      "a retired model",
      `Status=400 Code="ServiceModelDeprecated" Message="The model 'Format:OpenAI,Name:gpt-4o-mini,Version:2024-07-18' has been deprecated since 03/31/2026 00:00:00."`,
      /Azure has retired gpt-4o-mini 2024-07-18 \(since 2026-03-31\)\. .+deploy\.sku.+According to the catalog, gpt-4o-mini-2024-07-18 supports/,
    ],
    [
      "a retired model that a template wraps",
      `PUT https://management.azure.com/x\n----\nRESPONSE 400: 400 Bad Request\nERROR CODE: InvalidTemplateDeployment\n----\n{"error":{"code":"InvalidTemplateDeployment","details":[{"code":"ServiceModelDeprecated","message":"The model 'Publisher: , Format: OpenAI, Name: gpt-35-turbo, Version: 0613, Source: , SourceAccount: ' has been deprecated since 02/13/2025 00:00:00."}]}}`,
      /Azure has retired gpt-35-turbo 0613 \(since 2025-02-13\).+According to the catalog, these models can be fine-tuned: gpt-4/,
    ],
    [
      "a taken subdomain",
      `Status=409 Code="CustomDomainInUse" Message="Please pick another."`,
      /Choose another account\.name/,
    ],
    [
      "quota",
      `Status=400 Code="InsufficientQuota" Message="This operation require 5 new capacity"`,
      /deploy\.capacity/,
    ],
    ["a change under way", `Status=409 Code="RequestConflict" Message="Another operation"`, /Run the command again/],
    ["a refusal that came later", `Status=200 Code="InsufficientQuota" Message="no room"`, /deploy\.capacity/],
  ])("by Azure's refusal of %s has the next step", (_case, refusal, sentence) => {
    const shown = blocked(
      digest([], [error(`error: azure-native:cognitiveservices:Deployment resource 'd' has a problem: ${refusal}\n`)]),
    );
    expect(shown.split("\n")[0]).toContain("-");
    expect(shown.replaceAll(/<br>\n\s*/g, " ")).toMatch(sentence);
  });

  it("by a refusal that is not known has none", () => {
    const refusal = 'Status=400 Code="SomethingNew" Message="The model has been deprecated since 03/31/2026"';
    expect(blocked(digest([], [error(`error: ${refusal}\n`)]))).toBe(`- ${refusal}\n`);
  });

  it("is blocked too when the digest was cut off, wherever that was", () => {
    const whole = recorded("budget-blown");
    for (const share of [0.01, 0.3, 0.6, 0.999]) {
      expect(blocked(whole.slice(0, Math.floor(whole.length * share)))).toContain(
        "The preview's output is incomplete.",
      );
    }
    const almost = whole.slice(0, whole.lastIndexOf('"changeSummary"'));
    expect(blocked(almost)).toContain("over budget.maxTrainingUsd of $0.01");
  });

  it("finds the digest between the lines of other programs", () => {
    expect(blocked(`Loading policy packs...\n${digest([], [error("error: broken\n")])}\nnpm notice\n`)).toBe(
      "- broken\n",
    );
  });

  it("mentions nobody, and makes no link or HTML of what others wrote", () => {
    const shown = blocked("error: ask @octocat about #12 at https://example.com <img src=x> [here](x)\n");
    expect(shown).not.toMatch(/(?<!\u200b)@octocat(?=\b)(?<!@\u200boctocat)|<img|https:\/\/|\]\(/);
    expect(shown).toContain("@\u200boctocat");
  });

  it("lists at most twenty problems", () => {
    const many = Array.from({ length: 25 }, (_, number) => error(`error: problem ${number}\n`));
    expect(blocked(digest([], many)).trim().split("\n")).toHaveLength(21);
  });
});

it("shows text of a service as text that steers neither a terminal nor CI", () => {
  const markdown = blocked(digest([], [error("error: Azure said\u202e\u009b2J\n::error::x ##[add-mask]y\n")]));
  expect(markdown).toBe("- Azure said\\u202e<br>\n  \\u003a:error::x \\u0023#[add-mask]y\n");
});
