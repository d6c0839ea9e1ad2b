export interface SharedDeploymentArgs {
  accountId: string;
  deploymentName: string;
  /** Deployment type, and thousands of tokens per minute or throughput units. */
  sku: { name: string; capacity: number };
  /** As Resource Manager takes them; what is left out is Azure's to choose. */
  properties: {
    model: { format: string; name: string; version?: string; source?: string };
    raiPolicyName?: string;
    versionUpgradeOption?: string;
  };
  /** Whose it is among the deployments of others: `project/stack`. */
  owner: string;
  /** Whether another model is another deployment; else Azure is asked to change this one. Default false. */
  replaceOnModel?: boolean;
}
export type SharedDeploymentInputs = SharedDeploymentArgs;

/** Names as azure-native's Deployment has them: what reads one from a state reads the other. */
export interface SharedDeploymentState extends SharedDeploymentInputs {
  stateVersion: 1;
  /** As Azure spells it. */
  name: string;
  /** `Succeeded`, or where Azure was when it was last seen. */
  provisioningState: string;
  /** When it was created, ISO 8601; empty where Azure doesn't say. */
  systemData: { createdAt?: string };
}
