import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { ReportData } from "../../report/report-data";
import { progressParts } from "../../report/page/progress-parts";
import { stackOnRehearsal, type StackOnRehearsal } from "../playground/stack-on-rehearsal";
import { rehearse, type Rehearsal } from "../support/rehearsal";

const trainingMs = 600_000;
const lookMs = 20_000;
let rehearsal: Rehearsal;
let stack: StackOnRehearsal;
/** The report at each look, from the job's submission to its end. */
const looks: { at: number; report: ReportData }[] = [];

beforeAll(async () => {
  rehearsal = await rehearse({ settings: { trainingSeconds: trainingMs / 1000 } });
  stack = await stackOnRehearsal(rehearsal);
  for (let at = 0; at < trainingMs + 2 * lookMs; at += lookMs) {
    looks.push({ at, report: await stack.view.report() });
    rehearsal.service.advance(lookMs);
  }
}, 30_000);
afterAll(() => rehearsal?.close());

it("tells one step: the last one that is drawn", () => {
  const running = looks.filter(({ report }) => report.progress !== undefined);
  for (const { report } of running) expect(report.progress!.step).toBe(report.steps.at(-1)?.step);
  expect(looks.filter(({ report }) => (report.progress?.step ?? 0) % 10 !== 0).length).toBeGreaterThan(5);
});

it("estimates the time that the rehearsal's training really takes, within 10 s", () => {
  // The events that it is estimated from tell whole seconds.
  const end = looks.find(({ report }) => report.progress?.trained)!.at;
  const estimates = looks.flatMap(({ at, report: { progress } }) =>
    progress?.remainingMs === undefined ? [] : [at + progress.remainingMs],
  );
  expect(estimates.length).toBeGreaterThan(10);
  for (const estimate of estimates) {
    expect(estimate).toBeGreaterThan(end - lookMs - 10_000);
    expect(estimate).toBeLessThan(end + 10_000);
  }
});

it("tells that the steps are done and the model is evaluated, until the job ends", () => {
  const trained = looks.filter(({ report }) => report.progress?.trained);
  // A quarter of the job: local-azure's milestones.
  expect(trained.length).toBeGreaterThan((0.2 * trainingMs) / lookMs);
  expect(progressParts(trained[0]!.report.progress!).at(-1)).toContain("safety evaluation");
  expect(looks.at(-1)!.report.progress).toBeUndefined();
});

it.each([
  [{ elapsedMs: 5_000 }, "waiting for the first step · submitted 5.0 s ago"],
  [{ step: 3, elapsedMs: 5_000, remainingMs: 0 }, "step 3 · submitted 5.0 s ago · the last steps"],
  [
    { step: 30, totalSteps: 204, percent: 14, loss: 3.25, elapsedMs: 250_000, remainingMs: 47_000 },
    "step 30 of about 204 · 14% · loss 3.25 · submitted 4 min 10 s ago · about 50 s of training left",
  ],
  [
    { step: 30, elapsedMs: 250_000, remainingMs: 319_000 },
    "step 30 · submitted 4 min 10 s ago · about 5 min of training left",
  ],
])("words of %j", (progress, words) => {
  expect(progressParts(progress).join(" · ")).toBe(words);
});
