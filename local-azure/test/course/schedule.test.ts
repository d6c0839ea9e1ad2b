import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { occupiesSlot, phaseAt } from "../../src/course/job-course";
import { MAX_RUNNING_JOBS, settleJobs } from "../../src/course/schedule";
import type { DataPlaneState, JobRecord } from "../../src/world/state";
import { jobRecord } from "./job-record";

function dataPlane(jobs: JobRecord[]): DataPlaneState {
  return { files: [], uploads: [], jobs, jobsEverCreated: jobs.length };
}

it("runs three jobs at once and gives a place the moment it comes free", () => {
  const state = dataPlane(Array.from({ length: 5 }, (_, at) => jobRecord({ createdAt: at * 1000 })));
  settleJobs(state, 50_000);
  expect(state.jobs.map(({ startedAt }) => startedAt)).toEqual([10_000, 11_000, 12_000, undefined, undefined]);
  state.jobs[1]!.cancelledAt = 60_000;
  settleJobs(state, 1e6);
  expect(state.jobs.map(({ startedAt }) => startedAt)).toEqual([10_000, 11_000, 12_000, 60_000, 110_000]);
});

it("leaves out jobs that are stuck, refused or cancelled in the queue", () => {
  const state = dataPlane([
    jobRecord({ fault: { outcome: "stay-queued" } }),
    jobRecord({ problem: { code: "invalidPayload", message: "" } }),
    jobRecord({ cancelledAt: 5000 }),
  ]);
  settleJobs(state, 1e6);
  expect(state.jobs.map(({ startedAt }) => startedAt)).toEqual([undefined, undefined, undefined]);
});

const plans = fc.array(
  fc.record({
    createdAt: fc.integer({ min: 0, max: 300_000 }),
    trainingMs: fc.integer({ min: 0, max: 100_000 }),
    cancelledAt: fc.option(fc.integer({ min: 0, max: 400_000 }), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 12 },
);

function jobsOf(plan: { createdAt: number; trainingMs: number; cancelledAt: number | undefined }[]): JobRecord[] {
  return plan.map(({ cancelledAt, ...times }) =>
    jobRecord({ ...times, ...(cancelledAt === undefined ? {} : { cancelledAt }) }),
  );
}

it("does not depend on when somebody looks, and never runs more than three", () => {
  fc.assert(
    fc.property(plans, fc.array(fc.integer({ min: 0, max: 2_000_000 }), { maxLength: 10 }), (plan, looks) => {
      const [once, often] = [dataPlane(jobsOf(plan)), dataPlane(jobsOf(plan))];
      settleJobs(once, 3_000_000);
      for (const now of [...looks.sort((a, b) => a - b), 3_000_000]) settleJobs(often, now);
      expect(often.jobs).toEqual(once.jobs);
      for (const now of looks) {
        const running = once.jobs.filter((job) => occupiesSlot(phaseAt(job, now)));
        expect(running.length).toBeLessThanOrEqual(MAX_RUNNING_JOBS);
      }
    }),
  );
});
