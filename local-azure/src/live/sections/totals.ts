import { counters } from "../../admin/counters";
import type { World } from "../../world/world";
import type { Bill } from "../bill";
import type { Totals } from "../shapes";

export function totalsOf(world: World, bill: Bill): Totals {
  const { accounts, deletedAccounts, deployments, files, jobs, jobsEverCreated } = counters(world.state);
  const bills = world.state.accounts.flatMap(({ location, dataPlane }) =>
    dataPlane.jobs.map((job) => bill.of(job, location)),
  );
  const paid = bills.filter(({ billedTokens }) => (billedTokens ?? 0) > 0);
  return {
    ...{ accounts, deletedAccounts, deployments, files, jobs, jobsEverCreated, paidJobs: paid.length },
    billedTokens: paid.reduce((sum, { billedTokens }) => sum + billedTokens!, 0),
    usd: paid.reduce((sum, { usd }) => sum + (usd ?? 0), 0),
    counting: bills.filter(({ counting }) => counting).length,
    unpriced: paid.filter(({ usd }) => usd === undefined).length,
  };
}
