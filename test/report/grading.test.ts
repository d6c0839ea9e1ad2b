import { expect, it } from "@jest/globals";
import type { RemoteEvent } from "../../azure-openai/remote-jobs";
import { gradingInWords } from "../../report/grading";

const event = (step: number, model: string): RemoteEvent => ({
  ...{ id: `e${step}`, created_at: step, level: "info", message: `Step ${step}` },
  data: {
    step,
    model_graders_token_usage: {
      [model]: { train_prompt_tokens: 1_000_000, train_cached_tokens: 500_000, train_completion_tokens: 100_000 },
    },
  },
});

it("prices what was used at the grader's rates, and the steps without an event like the others", () => {
  // 0.5 x $2.20 + 0.5 x $0.55 + 0.1 x $8.80
  expect(gradingInWords([event(1, "gpt-4.1-2025-04-14")], { steps: 1 })).toEqual([
    "gpt-4.1-2025-04-14 read 1,000,000 and wrote 100,000 tokens to grade: about $2.25 for all steps",
  ]);
  expect(gradingInWords([event(1, "gpt-4.1")], { steps: 10 })[0]).toMatch(
    /in the 1 of 10 .*: about \$22\.55 for all steps/,
  );
});

it("takes what the state kept where no event tells it, and says where the rate is missing", () => {
  const kept = [{ model: "gpt-9", read: 5, cached: 0, written: 1, steps: 2 }];
  expect(gradingInWords([], { steps: 2, kept })).toEqual([
    "gpt-9 read 5 and wrote 1 tokens to grade: the price list has no rate for this model",
  ]);
  expect(gradingInWords([], { steps: 2 })).toEqual([]);
});
