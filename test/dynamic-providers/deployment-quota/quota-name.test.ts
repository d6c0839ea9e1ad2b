import { describe, expect, test } from "@jest/globals";
import { findQuota } from "../../../dynamic-providers/deployment-quota/quota-name";

const JOB = "0e208cf33a6a466994aff31a08aba678";
const usage = (name: string) => ({ name, inUse: 0, limit: 1 });

describe("findQuota", () => {
  test.each([
    ["Standard", `gpt-4o-mini-2024-07-18.ft-${JOB}-chat`, "OpenAI.Standard.gpt-4o-mini-finetune"],
    ["standard", `gpt-4o-2024-08-06.ft-${JOB}`, "OpenAI.Standard.gpt-4o-finetune"],
    ["DeveloperTier", `gpt-4.1-mini-2025-04-14.ft-${JOB}-chat`, "OpenAI.DeveloperTier.gpt4.1-mini-finetune"],
    ["GlobalStandard", `gpt-4.1-2025-04-14.ft-${JOB}:ckpt-step-68`, "OpenAI.GlobalStandard.gpt4.1-finetune"],
    ["Standard", `gpt-35-turbo-0125.ft-${JOB}`, "OpenAI.Standard.gpt-35-turbo-FineTune"],
    ["GlobalStandard", `gpt-oss-20b.ft-${JOB}`, "OpenAI.GlobalStandard.gpt-oss-20b-finetune"],
  ])("%s, %s: %s", (sku, model, name) => {
    const others = [
      "OpenAI.Standard.gpt-4o-mini",
      "OpenAI.GlobalStandard.gpt-4o-mini-finetune",
      "OpenAI.S0.AccountCount",
    ];
    expect(findQuota([...others, name].map(usage), sku, model)?.name).toBe(name);
  });

  test("a base model's quota is not a fine-tuned one's", () => {
    expect(
      findQuota([usage("OpenAI.Standard.gpt-4o-mini")], "Standard", `gpt-4o-mini-2024-07-18.ft-${JOB}`),
    ).toBeUndefined();
  });
});
