import type { Method } from "../../catalog";
import type { PartRecord } from "../../datasets/sources/part";
import type { Hyperparameters } from "./hyperparameters";

export interface WandbIntegration {
  type: "wandb";
  project: string;
  name?: string;
  entity?: string;
  tags?: string[];
}

/** The base model's own deployment, by its name. */
export interface PlannedBaseDeployment {
  name: string;
  sku: string;
  capacity: number;
}

export interface GraderTrialArgs {
  path: string;
  parts?: PartRecord[];
  /** How many of the first rows. Default 3, or 1 where a model grades. */
  rows?: number;
  /** Answers that are tried besides those that the rows themselves suggest. Default none. */
  answers?: string[];
}

export interface FineTuningJobArgs {
  accountId: string;
  location: string;
  /** Base model, or the name of a fine-tuned one for continued tuning. */
  model: string;
  method: Method;
  hyperparameters?: Hyperparameters;
  /** reinforcement: grader, as the service takes it. */
  grader?: Record<string, unknown>;
  /** reinforcement: response format, as the service takes it. */
  responseFormat?: Record<string, unknown>;
  /**
   * reinforcement: the grader is tried on rows of this dataset before the job is paid; absent: it is not. `path` and `parts` as the Dataset has them.
   * A change of it is no change of the job.
   */
  graderTrial?: GraderTrialArgs;
  /** 0..2147483647; absent: the service chooses. */
  seed?: number;
  /** `Standard`, `DataZone`, `GlobalStandard` or `Developer`. */
  trainingType: string;
  /** Members of the job's request that this version doesn't know, as the service takes them. Part of trainingKey: see extra-body.ts. */
  extraBody?: Record<string, unknown>;
  /** At most 9 characters of [A-Za-z0-9-_]; the job's suffix is this, a dash and 8 hex of the marker. */
  suffixBase?: string;
  /** At most 16 pairs; key 64, value 512 characters. */
  metadata?: Record<string, string>;
  integrations?: WandbIntegration[];
  trainingFileId: string;
  validationFileId?: string;
  /** Content hashes: they, not the ids, decide whether a retraining is due. */
  trainingSha256: string;
  validationSha256?: string;
  /** Owner of the job: with trainingKey they make the marker. */
  project: string;
  stack: string;
  logicalName: string;
  /** Adopt a job that was made elsewhere instead of submitting one. */
  existingJobId?: string;
  /** Raise to train again after a failed or cancelled job. Default 0. */
  retry?: number;
  /** Pause the running job (true), resume it (false). */
  paused?: boolean;
  /** What destroy keeps. Adopted jobs are kept unless `adopted` is false. */
  retain?: { model?: boolean; adopted?: boolean };
  /**
   * The deployment that follows, where there is one: before a job is paid, it is checked that there will be room for it. `takesPlaceOf` is
   * the name of a deployment that goes before it, or becomes it; `baseModel` the base model's own deployment beside it; `evaluation` a
   * temporary one that comes first. A change of it is no change of the job.
   */
  deployment?: {
    sku: string;
    capacity: number;
    takesPlaceOf?: string;
    baseModel?: PlannedBaseDeployment;
    evaluation?: { sku: string; capacity: number };
  };
  /**
   * Whether the stack has a register of versions (ModelVersions): it decides whether a job that succeeded goes with its resource. A change of it is
   * no change of the job.
   */
  register?: boolean;
  /** The account's id made of the names: known before the account exists. Absent in states of earlier versions. */
  accountPath?: string;
  /** Whether this stack makes the role assignments, so that a missing role may only need time. Default true. */
  rolesManaged?: boolean;
  /** `project/stack` in an account that isn't the stack's own: there are deployments, files and jobs of others. Absent in its own. */
  owner?: string;
}

export interface FineTuningJobInputs extends FineTuningJobArgs {
  /** SHA-256 hex over what decides the trained model: see training-key.ts. */
  trainingKey: string;
  /** SHA-256 hex over trainingKey, project, stack and logical name. */
  marker: string;
  /** `<suffixBase>-<8 hex of marker>`, at most 18 characters. */
  suffix: string;
  /**
   * For a job that is to be created: the one that the account has already, as `check` saw it. It tells a preview that nothing will be
   * submitted; `create` looks again, and no state keeps it.
   */
  takesOver?: { jobId: string; status: string };
  /** The id of that job: an input, so that the preview knows what depends on it. */
  jobId?: string;
}

export interface FineTuningJobState extends FineTuningJobInputs {
  stateVersion: 1;
  /** `ftjob-<32 hex>`. */
  jobId: string;
  /** Status when last seen. */
  status: string;
  /** Unix seconds. */
  createdAt: number;
  /** True when the job was adopted through existingJobId. */
  adopted: boolean;
  /** `gone`: the job's record was deleted elsewhere, but its model still exists. `lost`: neither exists any more. */
  record: "present" | "gone" | "lost";
  /** The model, once known. */
  fineTunedModel?: string;
  /**
   * Whether this stack paused the job, or took over its pause because the settings ask for one; only then a changed setting resumes it.
   * Absent in states of versions that didn't tell this from a pause by somebody else: there `paused: true` may be either.
   */
  pausedByStack?: boolean;
}
