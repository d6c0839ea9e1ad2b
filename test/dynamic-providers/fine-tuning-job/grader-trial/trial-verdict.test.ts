import { expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  type TrialGrade,
  trialObjections,
} from "../../../../dynamic-providers/fine-tuning-job/grader-trial/trial-verdict";

const grade = (line: number, reward: number, more: Partial<TrialGrade> = {}): TrialGrade => ({
  ...{ line, reward, from: `answer ${reward}`, errors: [] },
  ...more,
});

it("names the rows on which the grader fails, with the reason: at most three, and of a trace its end", () => {
  const detail = "Traceback (most recent call last):\n  File x\nKeyError: 'land'";
  const failing = [1, 2, 4, 5].map((line) => grade(line, 0, { errors: ["python_grader_runtime_error"], detail }));
  expect(trialObjections([...failing, grade(9, 1)], "a.jsonl")).toEqual([
    expect.stringMatching(
      /^The grader fails on a\.jsonl line 1, answered by answer 0 \(python_grader_runtime_error: KeyError: 'land'\); line 2.*; line 4.*, and on 1 more of the rows that were tried\. Fix the grader setting/,
    ),
  ]);
});

it("refuses one score for everything, and says what was tried", () => {
  const same = [grade(1, 0, { from: "a" }), grade(1, 0, { from: "b" }), grade(2, 0, { from: "a" })];
  expect(trialObjections(same, "a.jsonl")).toEqual([
    "The grader gives the same score (0) to all 3 answers it was tried on: the first 2 rows of a.jsonl, each answered with a, b. Training with it would teach the model nothing. Fix the grader setting, or set graderTrial.answers to answers that must score differently. graderTrial.enabled: false skips this trial.",
  ]);
  const unread = same.map((one) => ({ ...one, errors: ["sample_parse_error"] }));
  expect(trialObjections(unread, "a.jsonl")[0]).toContain(
    "answers it was tried on, each with sample_parse_error: the first",
  );
});

it("has nothing against scores that differ, whatever they are, nor against answers of a wrong form among them", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 2 }), (rewards) => {
      const errors = (index: number) => (index % 2 ? ["sample_parse_error"] : []);
      const grades = rewards.map((reward, index) => grade(1, reward, { from: String(index), errors: errors(index) }));
      expect(trialObjections(grades, "a.jsonl")).toHaveLength(new Set(rewards).size === 1 ? 1 : 0);
    }),
  );
});

it("judges nothing by one answer alone", () => {
  expect(trialObjections([grade(1, 0), grade(2, 0)], "a.jsonl")).toEqual([]);
  expect(trialObjections([], "a.jsonl")).toEqual([]);
});
