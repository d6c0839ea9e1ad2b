export interface AccountPurgeArgs {
  subscriptionId: string;
  resourceGroupName: string;
  accountName: string;
  location: string;
  /** Whether the account holds what a setting keeps (retain, existingJobId): then it is not purged. Default false. */
  keep?: boolean;
}
export type AccountPurgeInputs = AccountPurgeArgs;
export interface AccountPurgeState extends AccountPurgeInputs {
  stateVersion: 1;
  /** When this stack began with the account, ISO 8601: an account that was deleted earlier is not this stack's to purge. */
  createdAt: string;
}
