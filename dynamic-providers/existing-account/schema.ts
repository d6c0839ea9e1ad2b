/** An account that is there without the stack, as Resource Manager shows it; names as azure-native's Account has them, for policies and reports. */
export interface ExistingAccountArgs {
  accountId: string;
  subscriptionId: string;
  resourceGroupName: string;
  accountName: string;
  /** Region of the account. */
  location: string;
  /** `OpenAI` or `AIServices`. */
  kind: string;
  sku?: { name?: string };
  properties: {
    /** Address of its OpenAI data plane. */
    endpoint?: string;
    /** Whether it refuses keys. */
    disableLocalAuth: boolean;
    publicNetworkAccess?: string;
    networkAcls?: { defaultAction?: string; ipRules?: { value: string }[] };
  };
  /** Whether the stack assigns roles on it, so that whoever runs it needs none beforehand but the right to assign them. */
  rolesManaged: boolean;
  /** Whether the stack's outputs have its keys. */
  readsKeys: boolean;
}
export type ExistingAccountInputs = ExistingAccountArgs;

export interface ExistingAccountState extends ExistingAccountInputs {
  stateVersion: 1;
}
