import { expect, it } from "@jest/globals";
import { overfitting } from "../../report/overfitting";

const falling = { first: 2, last: 0.5 };
const losses = (last: number) => ({ first: 2, best: 1, bestStep: 40, last });

it.each([
  ["plainly", falling, losses(1.21), false, /^The model overfits: .* 21% above its best \(1\.000 at step 40\)/],
  ["a little, over the whole file", falling, losses(1.06), true, /^The model begins to overfit: /],
] as const)("overfits %s", (_how, trainingLoss, validationLoss, wholeFile, sentence) => {
  expect(overfitting({ trainingLoss, validationLoss }, wholeFile)).toMatch(sentence);
});

it.each([
  ["a batch's loss wavers", falling, losses(1.19), false],
  ["the best step is about the last", falling, losses(1.04), true],
  ["the training loss rises too: it diverges", { first: 1, last: 3 }, losses(2), true],
  ["there is no validation file", falling, null, true],
  ["there are no figures", null, null, false],
] as const)("no word of it when %s", (_why, trainingLoss, validationLoss, wholeFile) => {
  expect(overfitting({ trainingLoss, validationLoss }, wholeFile)).toBeUndefined();
});
