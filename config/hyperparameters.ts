import { element, numberIn, oneOf, orAuto, wholeNumber } from "./schema";

/** Ranges as the OpenAI API description (openai/openai-openapi) has them; l2Multiplier and promptLossWeight are Azure's own. */
const common = {
  nEpochs: orAuto(wholeNumber(1, 50)).optional(),
  batchSize: orAuto(wholeNumber(1, 256)).optional(),
  learningRateMultiplier: orAuto(numberIn(0)).optional(),
};

/** Hyperparameters by fine-tuning method. */
export const hyperparametersOf = {
  supervised: element({ ...common, promptLossWeight: numberIn(0, 1, true).optional() }, "method supervised has"),
  dpo: element(
    {
      ...common,
      beta: orAuto(numberIn(0, 2)).optional(),
      l2Multiplier: orAuto(numberIn(0, Infinity, true)).optional(),
    },
    "method dpo has",
  ),
  reinforcement: element(
    {
      ...common,
      reasoningEffort: oneOf(["default", "low", "medium", "high"]).optional(),
      computeMultiplier: orAuto(numberIn(0.00001, 10)).optional(),
      evalInterval: orAuto(wholeNumber(1)).optional(),
      evalSamples: orAuto(wholeNumber(1)).optional(),
    },
    "method reinforcement has",
  ),
} as const;
