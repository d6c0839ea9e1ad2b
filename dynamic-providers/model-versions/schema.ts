import type { SwitchMode } from "../runtime/switch-modes";
import type { EvaluationVerdict } from "../runtime/verdicts";
import type { FineTuningJobArgs } from "../fine-tuning-job/schema";
import type { TrainedModelArgs } from "../trained-model/schema";

/** Where a version was taken over from, which another stack has trained. */
export interface Promotion {
  /** The stack, as `promote.stack` names it. */
  stack: string;
  /** Its number in that stack's register. */
  version: number;
  /** ARM ID of the account on which the model was tuned. */
  accountId: string;
}

/** What one training made, and from what. */
export interface TrainedVersion {
  /** `ftjob-<32 hex>`. */
  jobId: string;
  /** SHA-256 hex over what decided the model: fine-tuning-job/training-key.ts. */
  trainingKey: string;
  /** Name to deploy: the model, or one of its checkpoints. */
  fineTunedModel: string;
  checkpoint: TrainedModelArgs["checkpoint"];
  /** Model that was tuned. */
  base: string;
  /** SHA-256 hex of the files' content. */
  trainingSha256: string;
  validationSha256?: string;
  /** Rows of the files. */
  trainingExamples?: number;
  validationExamples?: number;
  /** When the job ended, in Unix seconds; null: the service does not tell. */
  trainedAt: number | null;
  /** Whether the job was taken over through existingJobId. */
  adopted: boolean;
  /** Absent where the stack itself has trained it. */
  promotedFrom?: Promotion;
}

/** What was judged of a model. */
export interface Judgement {
  /** Of the last time that the version was what data and settings come to. Absent: it was never evaluated. */
  evaluation?: EvaluationVerdict;
  /** Why `deploy.gate` refused it, a sentence; absent or empty where it did not. */
  refused?: string;
}

/** A line of the register. */
export interface ModelVersion extends TrainedVersion, Judgement {
  /** 1, 2, 3, ... */
  version: number;
  /** `serving`: the one that the stack's deployment has. `rejected`: it did not pass, and never serves. */
  status: "serving" | "kept" | "rejected";
}

/** The candidate, which is the model that data and settings come to, what was judged of it, and how many versions are kept. */
export interface ModelVersionsArgs extends TrainedVersion, Pick<Judgement, "evaluation"> {
  /** Whether `pin` lets `up` go on though `deploy.gate` may refuse the candidate. Default false. */
  gated?: boolean;
  accountId: string;
  location: string;
  /** Logical name of the job's resource: a program may have several models, each with a register of its own. */
  job: string;
  /** Whether the stack has a deployment. */
  deployed: boolean;
  /**
   * The deployment, for which there must be room where a version comes into it that nothing is trained for. `accountPath`: the account's id made of the
   * names, known before the account exists. A change of it is no change of the register. Absent in states of earlier releases.
   */
  deployment?: Omit<NonNullable<FineTuningJobArgs["deployment"]>, "evaluation"> & { accountPath?: string };
  /**
   * Name of the deployment, where each model has one the start of it, and how it goes from one model to the next: what follows from them waits while
   * the newest model did not pass. Absent where nothing is evaluated, and in states of earlier releases.
   */
  naming?: { name: string; switch: SwitchMode };
  /** Which version serves: its number, `previous` (the newest that may serve, but the candidate) or its job. Absent: the candidate. */
  pin?: number | string;
  /** `versions`: how many are kept, the serving one included. The others are those of the job: what no deletion of a version touches. */
  retain: { versions: number; model?: boolean; adopted?: boolean };
  /** Whether this stack makes the role assignments, so that a missing role may only need time. Default true. */
  rolesManaged?: boolean;
  /** `project/stack` in an account that isn't the stack's own: there are deployments, files and jobs of others. Absent in its own. */
  owner?: string;
  /**
   * Name of the project that the stack has in its own account, empty where it has none: read by a destroy without a probe. Absent in an account of
   * others and in states of earlier versions.
   */
  ownProject?: string;
}

export interface ModelVersionsInputs extends ModelVersionsArgs {
  /** The register, newest first. What is not trained yet is unknown in a preview. */
  versions: ModelVersion[];
  /** What the deployment is to serve: the version's model, key and checkpoint. Empty where there is nothing that may serve. */
  servedModel: string;
  servedKey: string;
  servedCheckpoint: TrainedModelArgs["checkpoint"];
  /** ARM ID of the account that has the served model; empty: the stack's own. States of earlier releases lack it. */
  servedFrom?: string;
  /** Name of the deployment that is to have it; empty: `naming` is absent. States of earlier releases lack it. */
  servedAs?: string;
  /** Why the candidate does not serve and what to do, where it did not pass and no `pin` decides; else empty. */
  rejected: string;
}

export interface ModelVersionsState extends ModelVersionsInputs {
  stateVersion: 1;
}
