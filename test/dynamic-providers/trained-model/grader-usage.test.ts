import { expect, it } from "@jest/globals";
import type { RemoteEvent } from "../../../azure-openai/remote-jobs";
import { graderUsage, graderUsageInWords } from "../../../dynamic-providers/trained-model/grader-usage";

/** As OpenAI's guide to reinforcement shows a step's event. */
const event = (step: number, usage: unknown): RemoteEvent => ({
  ...{ id: `e${step}`, created_at: step, level: "info", message: `Step ${step}/20 , train mean reward=0.42` },
  data: { step, model_graders_token_usage: usage },
});
const used = {
  ...{ eval_cached_tokens: 0, eval_prompt_tokens: 4820, eval_completion_tokens: 2810 },
  ...{ train_cached_tokens: 1000, train_prompt_tokens: 120741, train_completion_tokens: 69402 },
};

it("adds up what each model used, over training and evaluation, a step once", () => {
  const events = [event(2, { "gpt-4.1": used, "o3-mini": { train_prompt_tokens: 5 } }), event(1, { "gpt-4.1": used })];
  expect(graderUsage([...events, events[0]!, { ...events[0]!, data: null }])).toEqual([
    { model: "gpt-4.1", read: 251_122, cached: 2000, written: 144_424, steps: 2 },
    { model: "o3-mini", read: 5, cached: 0, written: 0, steps: 1 },
  ]);
});

it.each([undefined, null, {}, { "gpt-4.1": null }, { "gpt-4.1": { train_prompt_tokens: "many" } }])(
  "takes nothing of %j for a number",
  (usage) => {
    expect(graderUsage([event(1, usage)]).every(({ read, written }) => read === 0 && written === 0)).toBe(true);
  },
);

it("says how much, and of how many steps it is known", () => {
  const [usage] = graderUsage([event(1, { "gpt-4.1": used })]);
  expect(graderUsageInWords(usage!, 1)).toBe("gpt-4.1 read 125,561 and wrote 72,212 tokens to grade");
  expect(graderUsageInWords(usage!, 20)).toMatch(
    / to grade \(in the 1 of 20 steps whose events report these numbers\)$/,
  );
});
