import { purge } from "../arm/deleted-accounts";
import { endsAt } from "../course/deployment-course";
import type { World } from "../world/world";

const HOUR = 3600 * 1000;

/**
 * Removes what time has ended: idle and Developer deployments, deleted accounts after their 48 hours, freed quota and
 * finished operations. Runs before every request, so that no other part sees anything that has expired. It needs no
 * save: the next start removes the same again.
 */
export function expire(world: World): void {
  const now = world.clock.now();
  const { state } = world;
  for (const account of state.accounts)
    account.deployments = account.deployments.filter((deployment) => now < endsAt(deployment));
  for (const gone of state.deletedAccounts.filter(({ purgeAt }) => now >= purgeAt)) purge(world, gone);
  state.freedQuota = state.freedQuota.filter(({ freeAt }) => now < freeAt);
  const lagMs = world.settings.rbacLagSeconds * 1000;
  state.removedRoleAssignments = state.removedRoleAssignments.filter(({ removedAt }) => now < removedAt + lagMs);
  state.operations = state.operations.filter(({ endsAt: end }) => now < end + HOUR);
}
