import type { EvaluationArgs, EvaluationFacts } from "../evaluation/schema";

/** What is known of an evaluation before anything is trained. */
export interface EvaluationSetArgs extends Omit<
  EvaluationArgs,
  "candidate" | "checkpoints" | "trainingKey" | "project" | "stack" | "waitMinutes"
> {
  /** Of the job: with it the training is found that a problem here speaks against. */
  trainingType: string;
}

/** Facts of the cases and the grader, as `check` finds them. */
export interface EvaluationSetInputs extends EvaluationSetArgs, Partial<EvaluationFacts> {}

export type EvaluationSetState = EvaluationSetInputs;
