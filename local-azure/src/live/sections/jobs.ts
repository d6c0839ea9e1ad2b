import {
  activeMs,
  finishedAt,
  isTerminal,
  naturalEnd,
  phaseAt,
  preparedAt,
  problemOf,
  stepsDone,
} from "../../course/job-course";
import { settleJobs } from "../../course/schedule";
import { jobStatus } from "../../data-plane/jobs/job-view";
import { settleResultFiles } from "../../data-plane/training/result-file";
import { totalSteps, tunedModelName } from "../../models/tuned-model";
import type { JobRecord } from "../../world/state";
import type { World } from "../../world/world";
import type { Bill } from "../bill";
import type { JobRow, Rows } from "../shapes";
import { newest } from "./rows";

/** Jobs by what time has made of them, also where nobody has asked for them since. */
export function jobRows(world: World, bill: Bill): Rows<JobRow> {
  const now = world.clock.now();
  const all = world.state.accounts.flatMap((account) => {
    settleJobs(account.dataPlane, now);
    settleResultFiles(account.dataPlane, now);
    return account.dataPlane.jobs.filter(({ forgotten }) => !forgotten).map((job) => ({ account, job }));
  });
  return newest(
    all.sort((a, b) => a.job.createdAt - b.job.createdAt),
    ({ account: { name, location }, job }) => ({ ...row(name, job, now), ...bill.of(job, location) }),
  );
}

function row(account: string, job: JobRecord, now: number): JobRow {
  const phase = phaseAt(job, now);
  const [end, estimate, problem] = [finishedAt(job, now), naturalEnd(job), problemOf(job)];
  const { id, model, method, trainingType, trainingRows, chosen, createdAt } = job;
  const steps = totalSteps(job);
  return {
    ...{ account, id, model, method: method?.type ?? "supervised", createdAt, phase, steps },
    ...(trainingType !== undefined && { trainingType }),
    status: jobStatus(phase),
    percent: phase === "succeeded" ? 100 : percentOf(job, now),
    step: stepsDone(job, steps, now),
    ...{ examples: trainingRows, epochs: chosen.epochs },
    ...(end !== undefined && { finishedAt: end }),
    ...(!isTerminal(phase) && { estimatedFinish: estimate ?? preparedAt(job) + job.trainingMs }),
    ...(phase === "succeeded" && { fineTunedModel: tunedModelName(job) }),
    ...(phase === "failed" && problem && { error: `${problem.code}: ${problem.message}` }),
  };
}

function percentOf(job: JobRecord, now: number): number {
  return job.trainingMs === 0 ? 0 : Math.floor((100 * activeMs(job, now)) / job.trainingMs);
}
