import type { GraderUsage } from "./grader-usage";

export interface TrainedModelArgs {
  accountId: string;
  location: string;
  /** The job to wait for. */
  jobId: string;
  /** Own deadline in minutes; afterwards `up` ends and the next one keeps waiting. Default 300. */
  waitMinutes: number;
  /** false: end at once with "submitted, run again to continue". Default true. */
  wait: boolean;
  /** Which checkpoint is deployed. Of one that is yet to be `evaluated` the last stands for all. Default `last`. */
  checkpoint: "last" | "best" | "evaluated" | number;
  /** The deployment is refused when the figures miss these. */
  gate?: { maxValidationLoss?: number; minTokenAccuracy?: number; minReward?: number };
  /** Whether `deploy.version` names what serves: a model that the gate refuses is then no error, but one that is not to serve. Default false. */
  pinned?: boolean;
  /** Same as the job's: a raised value makes this resource look again. */
  retry?: number;
  /**
   * The job's trainingKey. It is known at preview where the job's id is not: equal keys tell a job that is only updated from one that is
   * replaced, so that a preview doesn't show a new model where there is none.
   */
  trainingKey?: string;
  /** Job to adopt, where one is named: it replaces the model of another job although the trainingKey is the same. */
  existingJobId?: string;
  /** Examples in the training file: with them the number of steps, and so the time left, can be told. */
  trainingExamples?: number;
  /** Whether this stack makes the role assignments, so that a missing role may only need time. Default true. */
  rolesManaged?: boolean;
  /** `project/stack` in an account that isn't the stack's own: there are deployments, files and jobs of others. Absent in its own. */
  owner?: string;
  /** The job's setting `training.paused`: tells a pause that the stack asked for from one of somebody else. Default false. */
  paused?: boolean;
  /** What is trained, and on how much: with it, what a paused job would cost can be said. A change of it is no change of the model. */
  run?: TrainingOfModel;
}

export interface TrainingOfModel {
  model: string;
  method: string;
  trainingType: string;
  epochs: number | "auto";
  /** Sum of tokens over the training file. */
  tokens: number;
  /** Number of training examples. */
  examples?: number;
  catalogFile?: string;
}

export interface TrainedModelInputs extends TrainedModelArgs {
  /**
   * For a model that is there before this resource is created, since its job is taken over: its name, as `check` saw it. It tells a preview
   * what is deployed; `create` looks again.
   */
  fineTunedModel?: string;
}

/** Figures of one training step; those that the service did not report are absent. */
export interface StepMetrics {
  step: number;
  trainLoss?: number;
  trainTokenAccuracy?: number;
  validLoss?: number;
  validTokenAccuracy?: number;
  fullValidLoss?: number;
  fullValidTokenAccuracy?: number;
  /** Reinforcement: mean reward of the step's batch, on the scale of the grader. */
  trainReward?: number;
  /** Reinforcement: mean reward over the whole validation file, on steps with an evaluation. */
  fullValidReward?: number;
}

/** An output's type, for TypeScript alone: there is no value before the job has ended. */
const output = <Type>() => undefined as Type;

/**
 * What a succeeded job produced, apart from the choice of what to deploy. It doesn't change any more. The outputs of TrainedModel, their
 * types, and what is taken from a state derive from this table; `collectResults` reads them.
 */
export const jobResults = {
  status: output<string>(),
  baseModel: output<string>(),
  /** The job's `trained_tokens`: bytes / 4 x epochs on Azure, neither a count of tokens nor the bill. */
  trainedTokens: output<number | null>(),
  /** The bill, as the job's events tell it; null: none of them did. Undefined in older states. */
  billedTokens: output<number | null | undefined>(),
  /** Hours that a training by the hour was billed for, where the job tells it; absent else, and in older states. */
  billedHours: output<number | undefined>(),
  /** Reinforcement: tokens of the models that graded; absent where none did, and in older states. */
  graderUsage: output<GraderUsage[] | undefined>(),
  /** Unix seconds. */
  createdAt: output<number>(),
  finishedAt: output<number | null>(),
  /** Loss of the first and the last step, so that a summary can say what training did. */
  trainingLoss: output<{ first: number; last: number } | null>(),
  validationLoss: output<{ first: number; last: number; best: number; bestStep: number } | null>(),
  /** Reinforcement: mean reward of the first and the last step; absent for other methods, and in older states. */
  trainingReward: output<{ first: number; last: number } | undefined>(),
  validationReward: output<{ first: number; last: number; best: number; bestStep: number } | undefined>(),
  final: output<StepMetrics | null>(),
  best: output<StepMetrics | null>(),
  checkpoints: output<{ name: string; step: number; metrics: StepMetrics }[]>(),
  steps: output<number>(),
  resultFileId: output<string | null>(),
  warnings: output<string[]>(),
};

export type JobResults = typeof jobResults;

/** Names of the results, which are those of the outputs. */
export const resultNames = Object.keys(jobResults) as (keyof JobResults)[];

export interface TrainedModelState extends TrainedModelInputs, JobResults {
  stateVersion: 1;
  /** Name to deploy: the model, or one of its checkpoints. */
  fineTunedModel: string;
  /**
   * The job's model, while the settings (gate, checkpoint) don't let it be deployed: the next `up` looks again. `fineTunedModel` is then
   * what they let through before, if anything.
   */
  candidate?: string;
}

/** What a wait that has not ended, or ended badly, leaves in the state: no fineTunedModel, so the next `up` looks again. */
export interface PartialTrainedModelState extends TrainedModelInputs {
  stateVersion: 1;
  status: string;
  createdAt?: number;
}
