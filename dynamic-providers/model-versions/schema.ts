/** What one training made, and from what. */
export interface TrainedVersion {
  /** `ftjob-<32 hex>`. */
  jobId: string;
  /** SHA-256 hex over what decided the model: fine-tuning-job/training-key.ts. */
  trainingKey: string;
  /** Name to deploy: the model, or one of its checkpoints. */
  fineTunedModel: string;
  checkpoint: "last" | "best" | number;
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
}

/** A line of the register. */
export interface ModelVersion extends TrainedVersion {
  /** 1, 2, 3, ...: never given twice. */
  version: number;
  /** `serving`: the one that the stack's deployment has. */
  status: "serving" | "kept";
}

/** The newest model of the stack, which has passed its gate, and how many are kept. */
export interface ModelVersionsArgs extends TrainedVersion {
  accountId: string;
  location: string;
  /** Logical name of the job's resource: a program may have several models, each with a register of its own. */
  job: string;
  /** Whether the stack has a deployment. */
  deployed: boolean;
  /** Which version serves: its number, `previous` (the newest but the one of today's data and settings) or its job. Absent: the newest. */
  pin?: number | string;
  /** `versions`: how many are kept, the serving one included. The others are those of the job: what no deletion of a version touches. */
  retain: { versions: number; model?: boolean; adopted?: boolean };
  /** Whether this stack makes the role assignments, so that a missing role may only need time. Default true. */
  rolesManaged?: boolean;
}

export interface ModelVersionsInputs extends ModelVersionsArgs {
  /** The register, newest first. What is not trained yet is unknown in a preview. */
  versions: ModelVersion[];
  /** What the deployment is to serve: the version's model, key and checkpoint. */
  servedModel: string;
  servedKey: string;
  servedCheckpoint: "last" | "best" | number;
}

export interface ModelVersionsState extends ModelVersionsInputs {
  stateVersion: 1;
}
