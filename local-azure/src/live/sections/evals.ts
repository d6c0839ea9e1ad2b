import { statusOf } from "../../data-plane/evals/run-queue";
import type { AccountRecord, EvalRecord } from "../../world/state";
import type { World } from "../../world/world";
import type { EvalRow, Rows } from "../shapes";
import { newest } from "./rows";

const MOST_RUNS = 10;

export function evalRows(world: World): Rows<EvalRow> {
  const all = world.state.accounts.flatMap((account) =>
    (account.dataPlane.evals ?? []).map((evaluation) => ({ account, evaluation })),
  );
  return newest(
    all.sort((a, b) => a.evaluation.createdAt - b.evaluation.createdAt),
    ({ account, evaluation }) => row(world, account, evaluation),
  );
}

function row(world: World, account: AccountRecord, evaluation: EvalRecord): EvalRow {
  const { id, name, criteria, createdAt, runs } = evaluation;
  const shown = runs.slice(-MOST_RUNS).reverse();
  return {
    ...{ account: account.name, id, name, criteria: criteria.length, createdAt },
    runs: shown.map((run) => ({
      ...{ id: run.id, name: run.name },
      status: statusOf(world, account, evaluation, run),
      ...(run.outcome && { passed: run.outcome.passed, failed: run.outcome.failed, errored: run.outcome.errored }),
    })),
  };
}
