/** How long things take and how strict the service is; set at start. */
export interface Settings {
  /** Seconds from a job's start of training to its end. Default 10. */
  trainingSeconds: number;
  /** Seconds an account takes to be created. Default 1. */
  accountSeconds: number;
  /** Seconds a fine-tuned model takes to be deployed. Default 2. */
  deploymentSeconds: number;
  /** Seconds from ARM's Succeeded to the first answer. Default 1. */
  deploymentWarmupSeconds: number;
  /** Seconds a file is processed. Default 1. */
  fileSeconds: number;
  /** Seconds until a new or a removed role assignment takes effect. Default 1. */
  rbacLagSeconds: number;
  /** Seconds until the capacity of a deleted deployment can be used again. Default 1 (Azure: 15 to 20). */
  quotaFreeSeconds: number;
  /** Seconds a purge of a deleted account takes. Default 1 (Azure: about 4). */
  purgeSeconds: number;
  /** Lifetime of an access token in seconds. Default 3599. */
  tokenSeconds: number;
  /** Tokens per minute that a unit of a deployment's capacity allows. Default 1,000,000: rehearsals do not wait (Azure: 1,000). */
  tokensPerMinutePerCapacity: number;
  /** Whether ARM accepts another model on an existing deployment. Default false, as on record. */
  allowModelChange: boolean;
  /**
   * Whether a job without `trainingType` is refused, as public reports of 2026 have it; documents say that leaving it out "may lead to
   * unsupported behavior". Default false: it means Standard, as in the API's first years.
   */
  requireTrainingType: boolean;
}

export const defaultSettings: Settings = {
  trainingSeconds: 10,
  accountSeconds: 1,
  deploymentSeconds: 2,
  deploymentWarmupSeconds: 1,
  fileSeconds: 1,
  rbacLagSeconds: 1,
  quotaFreeSeconds: 1,
  purgeSeconds: 1,
  tokenSeconds: 3599,
  tokensPerMinutePerCapacity: 1_000_000,
  allowModelChange: false,
  requireTrainingType: false,
};

/** Nothing takes time: for tests. */
export const instantSettings: Settings = {
  trainingSeconds: 0,
  accountSeconds: 0,
  deploymentSeconds: 0,
  deploymentWarmupSeconds: 0,
  fileSeconds: 0,
  rbacLagSeconds: 0,
  quotaFreeSeconds: 0,
  purgeSeconds: 0,
  tokenSeconds: 3599,
  tokensPerMinutePerCapacity: 1_000_000,
  allowModelChange: false,
  requireTrainingType: false,
};
