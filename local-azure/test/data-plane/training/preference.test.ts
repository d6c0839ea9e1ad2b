import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { readTrainingRow } from "../../../src/data-plane/rows/training-row";
import { fit } from "../../../src/data-plane/training/fit";
import { preferenceScore } from "../../../src/data-plane/training/preference";
import { toSequence } from "../../../src/data-plane/training/token-sequence";
import { TrigramModel } from "../../../src/data-plane/training/trigram-model";
import { questions } from "../examples";

const assistant = (content: string) => [{ role: "assistant", content }];
const row = (question: string, preferred: string, other: string) =>
  toSequence(
    readTrainingRow(
      JSON.stringify({
        input: { messages: [{ role: "user", content: question }] },
        preferred_output: assistant(preferred),
        non_preferred_output: assistant(other),
      }),
    ),
  );
const rows = questions.map(([question, answer]) => row(question, answer, "I would rather not talk about that at all."));
const hyperparameters = { epochs: 3, batchSize: 3, learningRateMultiplier: 2 };

it("starts from chance and learns to tell the outputs apart", async () => {
  const metrics = await fit(rows.slice(0, 9), rows.slice(9), [], hyperparameters, 1);
  expect(metrics[0]).toMatchObject({ train_loss: 0.693147, train_preference_accuracy: 0.5 });
  const last = metrics.at(-1)!;
  expect(last.train_loss).toBeLessThan(0.5);
  expect(last.train_preference_accuracy).toBe(1);
  expect(last.full_valid_preference_accuracy).toBeGreaterThanOrEqual(0.5);
});

it("a greater beta makes more of the same margins", async () => {
  const [mild, strict] = await Promise.all([0.1, 1].map((beta) => fit(rows, [], [], hyperparameters, 1, beta)));
  expect(strict!.at(-1)!.train_loss).toBeLessThan(mild!.at(-1)!.train_loss);
  expect(strict!.at(-1)!.train_preference_accuracy).toBe(mild!.at(-1)!.train_preference_accuracy);
});

it("judges swapped pairs the other way round, and never leaves 0 to 1", () => {
  const word = fc.constantFrom("one", "two", "three", "four");
  const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), text, (pairs, seen) => {
      const [model, before] = [new TrigramModel(), new TrigramModel()];
      const { ids } = toSequence({ kind: "chat", messages: [{ role: "assistant", text: seen, learned: true }] });
      for (const [at, id] of ids.entries()) model.learn(at > 1 ? ids[at - 2]! : -1, at > 0 ? ids[at - 1]! : -1, id, 1);
      const scored = (swap: boolean) => {
        const made = pairs.map(([one, other]) => row("?", swap ? other : one, swap ? one : other));
        const both = made.map((preferred) => ({ preferred, other: preferred.rejected! }));
        return preferenceScore(model, before, both, 0.1, Infinity);
      };
      const [straight, swapped] = [scored(false), scored(true)];
      expect(straight.accuracy + swapped.accuracy).toBeCloseTo(1, 9);
      expect(straight.accuracy).toBeGreaterThanOrEqual(0);
      expect(straight.accuracy).toBeLessThanOrEqual(1);
      expect(straight.loss).toBeGreaterThan(0);
    }),
    { numRuns: 40 },
  );
});
