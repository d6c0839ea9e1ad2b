import { isDeepStrictEqual } from "node:util";
import { settings, type Settings, withDerivedDefaults } from "./settings";

/** Settings of a training, or of what comes of one: a stack that promotes has none. Each with its path. */
export const TRAINING: [path: string, of: (all: Settings) => unknown][] = [
  ["model", ({ model }) => model],
  ["method", ({ method }) => method],
  ["hyperparameters", ({ hyperparameters }) => hyperparameters],
  ["seed", ({ seed }) => seed],
  ["trainingType", ({ trainingType }) => trainingType],
  ["suffix", ({ suffix }) => suffix],
  ["grader", ({ grader }) => grader],
  ["responseFormat", ({ responseFormat }) => responseFormat],
  ["graderTrial", ({ graderTrial }) => graderTrial],
  ["metadata", ({ metadata }) => metadata],
  ["integrations", ({ integrations }) => integrations],
  ["existingJobId", ({ existingJobId }) => existingJobId],
  ["job", ({ job }) => job],
  ["dataset", ({ dataset }) => dataset],
  ["training", ({ training }) => training],
  ["deploy.checkpoint", ({ deploy }) => deploy.checkpoint],
  ["deploy.gate", ({ deploy }) => deploy.gate],
  ["budget.maxTrainingUsd", ({ budget }) => budget?.maxTrainingUsd],
  ["retain.model", ({ retain }) => retain.model],
  ["retain.files", ({ retain }) => retain.files],
  ["retain.adopted", ({ retain }) => retain.adopted],
];

/**
 * What a stack that serves the model of another one can't have: it trains nothing, so that the setting would be without effect. One at its default
 * can't be told from one that is not set, and is fine.
 */
export function promotionConflicts(given: Settings): string[] {
  const { stack, version } = given.promote;
  if (stack === undefined) {
    return version === undefined
      ? []
      : [
          `promote.version is ${JSON.stringify(version)}, but promote.stack is missing; set it to the stack that version belongs to.`,
        ];
  }
  const { enabled, cases } = given.evaluation;
  const noCases =
    enabled && cases === undefined
      ? [
          "evaluation.cases is missing, and a stack with promote.stack has no validation file to use instead. Set it to a JSONL file.",
        ]
      : [];
  const untouched = withDerivedDefaults(settings.parse({}));
  const ofTraining = TRAINING.filter(([, of]) => !isDeepStrictEqual(of(given), of(untouched))).map(
    ([path]) =>
      `${path} is set, but promote.stack is ${JSON.stringify(stack)}: that stack trains and keeps the model, and this one only deploys it. Remove ${path}, or promote.stack.`,
  );
  return [...ofTraining, ...noCases];
}
