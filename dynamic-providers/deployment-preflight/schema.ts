export interface DeploymentPreflightArgs {
  accountId: string;
  /** Azure region, e.g. `northcentralus`. */
  location: string;
  /** Name of the deployment; handed on to what deletes and makes it. */
  deploymentName: string;
  /** Model that is deployed. */
  fineTunedModel: string;
  /** Deployment type. */
  sku: string;
  /** In the quota's unit. */
  capacity: number;
  /** `project/stack` in an account that isn't the stack's own, where the deployment itself looks whose a name is. Absent in its own. */
  owner?: string;
}
export type DeploymentPreflightInputs = DeploymentPreflightArgs;

export interface DeploymentPreflightState extends DeploymentPreflightInputs {
  stateVersion: 1;
}
