import type { State } from "../world/state";

/** What exists, and what ever existed: from these figures a test sees that something was lost or doubled. */
export interface Counters {
  accounts: number;
  deletedAccounts: number;
  deployments: number;
  /** Those at or below accounts and groups and the subscription, without the deployer's own seed. */
  roleAssignments: number;
  /** Files, jobs: live ones of live accounts. */
  files: number;
  jobs: number;
  uploads: number;
  /** Jobs ever submitted, deleted ones and those of deleted and purged accounts too. */
  jobsEverCreated: number;
  resourceGroups: number;
}

export function counters(state: State): Counters {
  const planes = state.accounts.map(({ dataPlane }) => dataPlane);
  const all = [...planes, ...state.deletedAccounts.map(({ account }) => account.dataPlane)];
  return {
    accounts: state.accounts.length,
    deletedAccounts: state.deletedAccounts.length,
    deployments: sum(state.accounts.map(({ deployments }) => deployments.length)),
    roleAssignments: state.roleAssignments.filter(({ createdAt }) => createdAt !== 0).length,
    files: sum(planes.map(({ files }) => files.length)),
    jobs: sum(planes.map(({ jobs }) => jobs.length)),
    uploads: sum(planes.map(({ uploads }) => uploads.filter(({ status }) => status === "pending").length)),
    jobsEverCreated: sum(all.map(({ jobsEverCreated }) => jobsEverCreated)) + state.jobsOfPurgedAccounts,
    resourceGroups: state.resourceGroups.length,
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
