import { describe, expect, it } from "@jest/globals";
import { quotaNameOf } from "../../../dynamic-providers/deployment-quota/quota-name";

const JOB = "0e208cf33a6a466994aff31a08aba678";

/** As recorded in eastus2 (2026-04): a tuned model's entries stand beside the base model's, each model listed for two kinds of account. */
const sku = (name: string, usageName: string) => ({ name, usageName });
const entry = (name: string, version: string, ...skus: ReturnType<typeof sku>[]) =>
  ["OpenAI", "AIServices"].map((kind) => ({ kind, name, version, isDefaultVersion: version !== "2024-05-13", skus }));
const listed = [
  ...entry(
    "gpt-4o-mini",
    "2024-07-18",
    sku("Standard", "OpenAI.Standard.gpt-4o-mini"),
    sku("ProvisionedManaged", "OpenAI.ProvisionedManaged"),
    sku("GlobalStandard", "OpenAI.GlobalStandard.gpt-4o-mini"),
    sku("GlobalStandard", "OpenAI.GlobalStandard.gpt-4o-mini-finetune"),
  ),
  ...entry("gpt-4o", "2024-05-13", sku("Standard", "OpenAI.Standard.gpt-4o")),
  ...entry("gpt-4o", "2024-08-06", sku("Standard", "OpenAI.Standard.gpt-4o-finetune")),
  ...entry(
    "gpt-4.1",
    "2025-04-14",
    sku("GlobalStandard", "OpenAI.GlobalStandard.gpt4.1"),
    sku("GlobalStandard", "OpenAI.GlobalStandard.gpt4.1-finetune"),
    sku("DeveloperTier", "OpenAI.DeveloperTier.gpt4.1-finetune"),
  ),
  ...entry("gpt-oss-20b", "11", sku("GlobalStandard", "AIServices.GlobalStandard.GPT-OSS-20B-Finetune")),
];

describe("quotaNameOf", () => {
  it.each([
    ["GlobalStandard", `gpt-4o-mini-2024-07-18.ft-${JOB}-chat`, "OpenAI.GlobalStandard.gpt-4o-mini-finetune"],
    ["globalstandard", "gpt-4o-mini", "OpenAI.GlobalStandard.gpt-4o-mini-finetune"],
    ["Standard", `gpt-4o-2024-08-06.ft-${JOB}`, "OpenAI.Standard.gpt-4o-finetune"],
    ["DeveloperTier", "gpt-4.1-2025-04-14", "OpenAI.DeveloperTier.gpt4.1-finetune"],
    ["GlobalStandard", `gpt-4.1-2025-04-14.ft-${JOB}:ckpt-step-68`, "OpenAI.GlobalStandard.gpt4.1-finetune"],
    ["GlobalStandard", "gpt-oss-20b", "AIServices.GlobalStandard.GPT-OSS-20B-Finetune"],
    ["GlobalStandard", `gpt-oss-20b-11.ft-${JOB}-chat`, "AIServices.GlobalStandard.GPT-OSS-20B-Finetune"],
    ["ProvisionedManaged", `gpt-4o-mini-2024-07-18.ft-${JOB}`, "OpenAI.ProvisionedManaged"],
  ])("%s, %s: %s", (type, model, name) => {
    expect(quotaNameOf(listed, type, model)).toBe(name);
  });

  it.each([
    ["Standard", `gpt-4o-mini-2024-07-18.ft-${JOB}`, "OpenAI.Standard.gpt-4o-mini"],
    ["GlobalStandard", "gpt-4.1", "OpenAI.GlobalStandard.gpt4.1"],
    ["DeveloperTier", "gpt-4.1", undefined],
  ])("of the base model itself, %s, %s: %s", (type, model, name) => {
    expect(quotaNameOf(listed, type, model, false)).toBe(name);
  });

  it.each([
    ["a deployment type that is sold for the base model alone", "Standard", "gpt-4o-mini-2024-07-18"],
    ["a version that can't be tuned", "Standard", "gpt-4o-2024-05-13"],
    ["a model that the region doesn't list", "Standard", "gpt-9"],
  ])("none for %s", (_name, type, model) => {
    expect(quotaNameOf(listed, type, model)).toBeUndefined();
  });
});
