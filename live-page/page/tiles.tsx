import { count, usd } from "../../report/page/format";
import { section } from "./state";

/** The figures that say at a glance whether something was lost, doubled or would have been paid. */
export function Tiles() {
  const totals = section("totals");
  if (!totals) return null;
  const { accounts, deletedAccounts, deployments, files, jobs, jobsEverCreated } = totals;
  const { paidJobs, billedTokens, usd: cost, unpriced, counting } = totals;
  // A sum that lacks a job would be taken for what was paid.
  const known = (value: string) => (counting === 0 ? value : "…");
  const onceKnown = (note: string) => (counting === 0 ? note : "counting tokens");
  const tiles: { name: string; value: string; note: string }[] = [
    {
      name: "Accounts",
      value: count(accounts),
      note: deletedAccounts === 0 ? "none deleted" : `${count(deletedAccounts)} deleted, recoverable`,
    },
    { name: "Deployments", value: count(deployments), note: `${count(files)} files` },
    { name: "Jobs", value: count(jobs), note: `${count(jobsEverCreated)} ever submitted` },
    { name: "Paid jobs", value: known(count(paidJobs)), note: onceKnown("of those listed") },
    { name: "Tokens billed", value: known(count(billedTokens)), note: onceKnown("training tokens × epochs") },
    {
      name: "Would have cost",
      value: known(usd(cost)),
      note: onceKnown(
        unpriced === 0 ? "on Azure, for training" : `without ${count(unpriced)} jobs without a known price`,
      ),
    },
  ];
  return (
    <dl class="tiles">
      {tiles.map(({ name, value, note }) => (
        <div key={name}>
          <dt class="muted small">{name}</dt>
          <dd>
            <b>{value}</b> <span class="muted small">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
