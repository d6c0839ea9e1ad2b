export interface DeploymentQuotaArgs {
  accountId: string;
  /** Azure region, e.g. `northcentralus`: capacity is counted per subscription and region. */
  location: string;
  /** Name of the deployment that the capacity is for; handed on to it. */
  deploymentName: string;
  /** Model that is deployed. */
  fineTunedModel: string;
  /** Deployment type: `Standard`, `GlobalStandard`, `DeveloperTier`, ... */
  sku: string;
  /** Thousands of tokens per minute. */
  capacity: number;
}
export type DeploymentQuotaInputs = DeploymentQuotaArgs;

export interface DeploymentQuotaState extends DeploymentQuotaInputs {
  stateVersion: 1;
}
