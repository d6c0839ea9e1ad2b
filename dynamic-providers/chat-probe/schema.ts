import type { SwitchMode } from "../runtime/switch-modes";

export interface ChatProbeArgs {
  accountId: string;
  deploymentName: string;
  /** Model that must answer. */
  fineTunedModel: string;
  /** The deployment's creation time (systemData.createdAt): a redeploy is probed again. */
  deployedAt: string;
  /** The deployment's ARM ID: at preview it tells a deployment that is updated (known) from one that is created (unknown). */
  deploymentId?: string;
  /** Names of the deployments that the program makes before it on the same account, which a destroy may meet. Default none. */
  others?: string[];
  /** Hash over what decides the model, as its job has it: known before the model, it tells at preview whose deployment this is. */
  trainingKey?: string;
  systemMessage: string;
  question: string;
  maxTokens: number;
  /** Minutes to wait until the deployment answers (ARM Succeeded is not ready). Default 30. */
  waitMinutes: number;
  /** How the deployment goes from one model to the next, for preview to say so; the probe itself doesn't depend on it. */
  switch?: SwitchMode;
  /** Whether this stack makes the role assignments, so that a missing role may only need time. Default true. */
  rolesManaged?: boolean;
  /** `project/stack` in an account that isn't the stack's own: there are deployments, files and jobs of others. Absent in its own. */
  owner?: string;
  /**
   * Ids of the jobs that a destroy deletes with their models, in an account that isn't the stack's own; in its own, all of them go. Absent: the
   * register alone knows them. States of earlier releases lack it.
   */
  destroyedJobs?: string[];
  /** Name of the stack's own project in its Foundry account, which a destroy may meet. Default none. */
  project?: string;
}
export type ChatProbeInputs = ChatProbeArgs;

export interface ChatProbeState extends ChatProbeInputs {
  stateVersion: 1;
  answer: string;
  /** `model` of the answer. */
  answeredBy: string;
  latencyMs: number;
  promptTokens: number;
  completionTokens: number;
}
