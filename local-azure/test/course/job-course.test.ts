import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { activeMs, finishedAt, phaseAt, stepsDone, timeOfWork, type Phase } from "../../src/course/job-course";
import type { JobRecord } from "../../src/world/state";
import { jobRecord } from "./job-record";

const started: Partial<JobRecord> = { startedAt: 20_000 };
const paused = (resumedAt?: number): Partial<JobRecord> => ({
  ...started,
  stops: [{ at: 50_000, why: "paused", ...(resumedAt === undefined ? {} : { resumedAt }) }],
});

describe("phaseAt", () => {
  it.each<[string, Partial<JobRecord>, [number, Phase][]]>([
    [
      "waits for a place",
      {},
      [
        [0, "preparing"],
        [10_000, "queued"],
        [1e9, "queued"],
      ],
    ],
    [
      "runs to its end",
      started,
      [
        [19_999, "queued"],
        [20_000, "running"],
        [119_999, "running"],
        [120_000, "succeeded"],
      ],
    ],
    [
      "is paused",
      paused(),
      [
        [50_000, "pausing"],
        [51_000, "paused"],
        [1e9, "paused"],
      ],
    ],
    [
      "is resumed",
      paused(80_000),
      [
        [78_999, "paused"],
        [79_000, "resuming"],
        [80_000, "running"],
        [149_999, "running"],
        [150_000, "succeeded"],
      ],
    ],
    [
      "is cancelled in the queue",
      { cancelledAt: 12_000 },
      [
        [11_999, "queued"],
        [12_000, "cancelled"],
      ],
    ],
    [
      "is cancelled while paused",
      { ...paused(), cancelledAt: 60_000 },
      [
        [59_999, "paused"],
        [60_000, "cancelled"],
      ],
    ],
    [
      "fails its check",
      { problem: { code: "invalidPayload", message: "" } },
      [
        [9_999, "preparing"],
        [10_000, "failed"],
      ],
    ],
    [
      "fails in training",
      { ...started, fault: { outcome: "fail-training", atFraction: 0.25 } },
      [
        [44_999, "running"],
        [45_000, "failed"],
      ],
    ],
    [
      "fails its evaluation",
      { ...started, fault: { outcome: "fail-evaluation" } },
      [
        [119_999, "running"],
        [120_000, "failed"],
      ],
    ],
    [
      "is preempted",
      { ...started, stops: [{ at: 30_000, resumedAt: 40_000, why: "preempted" }] },
      [
        [30_000, "preempted"],
        [40_000, "running"],
        [130_000, "succeeded"],
      ],
    ],
  ])("%s", (_, more, course) => {
    const job = jobRecord(more);
    expect(course.map(([now]) => [now, phaseAt(job, now)])).toEqual(course);
  });
});

it("counts no work while stopped, and finds the time of work again", () => {
  const job = jobRecord(paused(80_000));
  expect(activeMs(job, 60_000)).toBe(30_000);
  expect(activeMs(job, 90_000)).toBe(40_000);
  expect(timeOfWork(job, 40_000)).toBe(90_000);
  expect(timeOfWork(jobRecord(paused()), 40_000)).toBeUndefined();
});

it("never takes back work or steps, and is finished for good", () => {
  const stops = fc
    .uniqueArray(fc.integer({ min: 20_000, max: 200_000 }), { maxLength: 6 })
    .map((times) => [...times].sort((a, b) => a - b))
    .map((times) =>
      times.flatMap((at, index) =>
        index % 2 === 0
          ? [
              {
                at,
                why: "paused" as const,
                ...(times[index + 1] === undefined ? {} : { resumedAt: times[index + 1]! }),
              },
            ]
          : [],
      ),
    );
  const moments = fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(
      stops,
      moments,
      fc.option(fc.integer({ min: 0, max: 300_000 }), { nil: undefined }),
      (list, times, cancelledAt) => {
        const job = jobRecord({ ...started, stops: list, ...(cancelledAt === undefined ? {} : { cancelledAt }) });
        const sorted = [...times].sort((a, b) => a - b);
        for (const [index, now] of sorted.entries()) {
          const before = sorted[index - 1] ?? 0;
          expect(activeMs(job, now)).toBeGreaterThanOrEqual(activeMs(job, before));
          expect(stepsDone(job, 37, now)).toBeGreaterThanOrEqual(stepsDone(job, 37, before));
          const end = finishedAt(job, before);
          const after = [finishedAt(job, now), phaseAt(job, now)];
          expect(after).toEqual(end === undefined ? after : [end, phaseAt(job, before)]);
        }
      },
    ),
  );
});
