import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { nextVersions, type VersionRule } from "../../../dynamic-providers/model-versions/next-versions";
import type { Judgement, ModelVersion, TrainedVersion } from "../../../dynamic-providers/model-versions/schema";
import type { EvaluationVerdict } from "../../../dynamic-providers/runtime/verdicts";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";

const rule: VersionRule = { limit: 3, deployed: true };
const trained = (job: string, others: Partial<TrainedVersion> = {}): TrainedVersion => ({
  jobId: `ftjob-${job}`,
  trainingKey: `key-${job}`,
  fineTunedModel: `model-${job}`,
  checkpoint: "last",
  base: "gpt",
  trainingSha256: job,
  trainedAt: 1,
  adopted: false,
  ...others,
});
/** A job that is yet to be submitted, as a preview sees it. */
const coming = (job: string) => trained(job, { jobId: UNKNOWN, fineTunedModel: UNKNOWN });
const register = (...lines: [string, number, ModelVersion["status"]][]): ModelVersion[] =>
  lines.map(([job, version, status]) => ({ ...trained(job), version, status }));
const shown = (versions: ModelVersion[]) => versions.map(({ version, status }) => `${version} ${status}`);
const three = register(["c", 3, "serving"], ["b", 2, "kept"], ["a", 1, "kept"]);

it.each<[string, ModelVersion[], TrainedVersion, Partial<VersionRule>, string[], number[]]>([
  ["the first", [], coming("a"), {}, ["1 serving"], []],
  ["the first, not deployed", [], trained("a"), { deployed: false }, ["1 kept"], []],
  ["the same again", three, trained("c"), {}, ["3 serving", "2 kept", "1 kept"], []],
  ["a new one: the oldest goes", three, coming("d"), {}, ["4 serving", "3 kept", "2 kept"], [1]],
  ["an earlier one", three, trained("a"), {}, ["3 kept", "2 kept", "1 serving"], []],
  [
    "an earlier one whose job is only updated",
    three,
    { ...trained("a"), jobId: UNKNOWN },
    {},
    ["3 kept", "2 kept", "1 serving"],
    [],
  ],
  [
    "another checkpoint of it",
    three,
    { ...coming("c"), checkpoint: "best" },
    {},
    ["3 serving", "2 kept", "1 kept"],
    [],
  ],
  ["one alone", three, trained("c"), { limit: 1 }, ["3 serving"], [2, 1]],
  ["one alone, and a new one", register(["a", 1, "serving"]), coming("b"), { limit: 1 }, ["2 serving"], [1]],
  ["a pinned one", three, trained("c"), { pin: 1 }, ["3 kept", "2 kept", "1 serving"], []],
  ["a pinned job", three, trained("c"), { pin: "ftjob-b" }, ["3 kept", "2 serving", "1 kept"], []],
  ["the previous one", three, trained("c"), { pin: "previous" }, ["3 kept", "2 serving", "1 kept"], []],
  ["a pinned one, and a new one is trained", three, coming("d"), { pin: 1 }, ["4 kept", "3 kept", "1 serving"], [2]],
  [
    "a pinned one beside the newest, though only one is kept",
    three,
    trained("c"),
    { pin: 1, limit: 1 },
    ["3 kept", "1 serving"],
    [2],
  ],
  [
    "what served before goes last",
    register(["c", 3, "kept"], ["b", 2, "kept"], ["a", 1, "serving"]),
    coming("d"),
    { limit: 2 },
    ["4 serving", "1 kept"],
    [3, 2],
  ],
])("%s", (_name, before, newest, more, versions, dropped) => {
  const next = nextVersions(before, newest, { ...rule, ...more });
  expect(shown(next.versions)).toEqual(versions);
  expect(next.dropped.map(({ version }) => version)).toEqual(dropped);
});

it.each([7, "ftjob-x"])("lists the versions where %j is none of them", (pin) => {
  expect(() => nextVersions(three, trained("c"), { ...rule, pin })).toThrow(
    `\`deploy.version\` is ${JSON.stringify(pin)}, but the stack has no such version. Its versions are 3 (ftjob-c), 2 (ftjob-b), 1 (ftjob-a). Set it to one of these, or remove it to deploy the model for the current data and settings.`,
  );
});

const verdict = (passed: boolean): EvaluationVerdict => ({
  ...{ passed, reasons: passed ? [] : ["its mean score is 0.4, below `evaluation.minScore` 0.6"] },
  ...{ summary: "0.4 on 48 cases", key: "k", evaluatedAt: 1 },
});
const failed = { evaluation: verdict(false) };
const passed = { evaluation: verdict(true) };
const judged = (versions: ModelVersion[], ...rejected: number[]) =>
  versions.map((one) => ({ ...one, evaluation: verdict(!rejected.includes(one.version)) }));

describe("what was judged", () => {
  it.each<[string, ModelVersion[], TrainedVersion & Judgement, Partial<VersionRule>, string[], number[]]>([
    ["a new one that passed", three, { ...coming("d"), ...passed }, {}, ["4 serving", "3 kept", "2 kept"], [1]],
    [
      "a new one that did not",
      three,
      { ...trained("d"), ...failed },
      {},
      ["4 rejected", "3 serving", "2 kept", "1 kept"],
      [],
    ],
    ["the first, which did not", [], { ...trained("a"), ...failed }, {}, ["1 rejected"], []],
    [
      "the one that serves, which did not",
      register(["a", 1, "serving"]),
      { ...trained("a"), ...failed },
      {},
      ["1 serving"],
      [],
    ],
    [
      "one alone is kept: what serves and the rejected candidate stay",
      register(["a", 1, "serving"]),
      { ...trained("b"), ...failed },
      { limit: 1 },
      ["2 rejected", "1 serving"],
      [],
    ],
    [
      "the rejected one goes before an older one that passed",
      judged(register(["c", 3, "rejected"], ["b", 2, "serving"], ["a", 1, "kept"]), 3),
      { ...trained("d"), ...passed },
      {},
      ["4 serving", "2 kept", "1 kept"],
      [3],
    ],
    [
      "an earlier one that somebody went back to goes on serving, not the newest that passed",
      judged(register(["b", 2, "kept"], ["a", 1, "serving"])),
      { ...trained("c"), ...failed },
      {},
      ["3 rejected", "2 kept", "1 serving"],
      [],
    ],
    [
      "what served was deleted: the newest that passed",
      judged(register(["c", 3, "rejected"], ["b", 2, "kept"], ["a", 1, "kept"]), 3),
      { ...trained("d"), ...failed },
      { limit: 4 },
      ["4 rejected", "3 rejected", "2 serving", "1 kept"],
      [],
    ],
    [
      "a rejected one, and another that is pinned",
      three,
      { ...trained("d"), ...failed },
      { pin: 2 },
      ["4 rejected", "3 kept", "2 serving", "1 kept"],
      [],
    ],
    [
      "one that is judged anew, and passes",
      judged(three, 3),
      { ...trained("c"), ...passed },
      {},
      ["3 serving", "2 kept", "1 kept"],
      [],
    ],
    [
      "previous is never a rejected one",
      judged(register(["c", 3, "kept"], ["b", 2, "rejected"], ["a", 1, "serving"]), 2),
      { ...trained("c"), ...passed },
      { pin: "previous" },
      ["3 kept", "2 rejected", "1 serving"],
      [],
    ],
    [
      "one that `deploy.gate` refused, and another that is pinned",
      three,
      { ...trained("d"), refused: "x" },
      { pin: 3, judged: false },
      ["4 rejected", "3 serving", "2 kept", "1 kept"],
      [],
    ],
    [
      "nothing is judged any more",
      judged(register(["b", 2, "rejected"], ["a", 1, "serving"]), 2),
      trained("b"),
      { judged: false },
      ["2 serving", "1 kept"],
      [],
    ],
  ])("%s", (_name, before, candidate, more, versions, dropped) => {
    const next = nextVersions(before, candidate, { ...rule, judged: true, ...more });
    expect(shown(next.versions)).toEqual(versions);
    expect(next.dropped.map(({ version }) => version)).toEqual(dropped);
  });

  const other = { checkpoint: "best", fineTunedModel: "model-c:ckpt-step-20" } as const;
  it.each([true, false])("of a checkpoint says nothing of another one that was not judged (passed: %s)", (passes) => {
    const next = nextVersions(judged(three, ...(passes ? [] : [3])), trained("c", other), rule);
    expect(next.candidate).toMatchObject({ version: 3, ...other });
    expect(next.candidate).not.toHaveProperty("evaluation");
    expect(nextVersions(judged(three), trained("c"), rule).candidate).toMatchObject(passed);
  });
  it.each<[string, TrainedVersion & Judgement, string, TrainedVersion["checkpoint"]]>([
    ["it did not pass", { ...trained("c", other), ...failed }, "model-c", "last"],
    [
      "a preview doesn't know its name yet, as if it did not pass",
      { ...coming("c"), ...other, fineTunedModel: UNKNOWN, ...failed },
      "model-c",
      "last",
    ],
    ["it passed", { ...trained("c", other), ...passed }, other.fineTunedModel, "best"],
    ["the checkpoint has another name alone", { ...trained("c"), checkpoint: "best", ...failed }, "model-c", "best"],
  ])("of another checkpoint of what serves: %s", (_name, candidate, model, checkpoint) => {
    const before = judged(three);
    const next = nextVersions(before, candidate, { ...rule, judged: true });
    expect(shown(next.versions)).toEqual(["3 serving", "2 kept", "1 kept"]);
    expect(next.served).toMatchObject({ version: 3, fineTunedModel: model, checkpoint });
    expect(next.versions[0]).toEqual(next.served);
    expect(next.candidate).toMatchObject({ version: 3, fineTunedModel: candidate.fineTunedModel });
    expect(nextVersions(next.versions, candidate, { ...rule, judged: true }).versions).toEqual(next.versions);
    expect(next.served).toEqual(model === candidate.fineTunedModel ? next.candidate : before[0]);
  });

  it("refuses a pinned version that did not pass, with its figures and the others", () => {
    const before = judged(three, 2);
    expect(() => nextVersions(before, { ...trained("c"), ...passed }, { ...rule, judged: true, pin: 2 })).toThrow(
      "`deploy.version` is 2, but version 2 did not pass when it was last judged, by the limits set then: its mean score is 0.4, below `evaluation.minScore` 0.6. Set it to a version that can be deployed (3 (ftjob-c), 1 (ftjob-a)), or restore",
    );
    const failing = { ...trained("c"), evaluation: verdict(false) };
    const gone = [...judged(register(["b", 2, "rejected"]), 2)];
    expect(() => nextVersions(gone, failing, { ...rule, judged: true, pin: 2 })).toThrow(
      "No other version can be deployed. Remove the setting to evaluate the model for the current data and settings, which is deployed if it passes, or restore the data and settings of version 2",
    );
    const promotedFrom = { stack: "dev", version: 5, accountId: "a" };
    const promoted = gone.map((one) => ({ ...one, promotedFrom }));
    expect(() => nextVersions(promoted, failing, { ...rule, judged: true, pin: 2 })).toThrow(
      "or set `promote.version` to 5 to have it evaluated again (nothing is trained).",
    );
    expect(() => nextVersions(gone, failing, { ...rule, judged: true, pin: 9 })).toThrow(
      "`deploy.version` is 9, but none of the versions in the stack can be deployed. Remove the setting",
    );
    expect(() => nextVersions(gone, { ...failing, ...passed }, { ...rule, judged: true, pin: 9 })).toThrow(
      "but the stack has no such version that can be deployed. Those that can be are 3 (ftjob-c). Set it to one of these",
    );
  });

  it("never lets a model serve that did not pass in place of what served, and never drops what serves", () => {
    const runs = fc.array(
      fc.tuple(
        ...([fc.constantFrom(..."abcdef"), fc.integer({ min: 1, max: 4 }), fc.boolean()] as const),
        fc.constantFrom("last" as const, 20, 40),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(runs, (steps) => {
        let versions: ModelVersion[] = [];
        for (const [job, limit, passes, checkpoint] of steps) {
          const options = { ...rule, limit, judged: true };
          const model = { checkpoint, fineTunedModel: `model-${job}-${checkpoint}` } as const;
          const candidate = { ...trained(job, model), evaluation: verdict(passes) };
          const next = nextVersions(versions, candidate, options);
          const serving = next.versions.filter(({ status }) => status === "serving");
          expect(serving.map(({ version }) => version)).toEqual(next.served ? [next.served.version] : []);
          // What takes over has passed; else what served goes on, if there was anything.
          const takesOver = next.served !== undefined && next.served.fineTunedModel !== next.before?.fineTunedModel;
          expect(takesOver ? next.served?.evaluation?.passed : true).toBe(true);
          expect(next.served?.jobId).toBe(passes ? candidate.jobId : (next.before ?? next.served)?.jobId);
          expect(next.versions.map(({ jobId }) => jobId)).toContain(candidate.jobId);
          expect(next.versions.length).toBeLessThanOrEqual(Math.max(passes ? limit : limit + 1, 2));
          expect(nextVersions(next.versions, candidate, options).versions).toEqual(next.versions);
          versions = next.versions;
        }
      }),
    );
  });
});

describe("whatever comes after whatever", () => {
  const runs = fc.array(fc.tuple(fc.constantFrom(..."abcdef"), fc.integer({ min: 1, max: 4 })), { maxLength: 20 });

  it("exactly one serves, no number and no job is there twice, no more are kept than asked, and nothing is lost unseen", () => {
    fc.assert(
      fc.property(runs, (steps) => {
        let versions: ModelVersion[] = [];
        for (const [job, limit] of steps) {
          const next = nextVersions(versions, trained(job), { ...rule, limit });
          const all = [...next.versions, ...next.dropped];
          expect(new Set(all.map(({ jobId }) => jobId))).toEqual(
            new Set([...versions.map(({ jobId }) => jobId), `ftjob-${job}`]),
          );
          expect(new Set(all.map(({ version }) => version)).size).toBe(all.length);
          expect(next.versions.length).toBeLessThanOrEqual(limit);
          expect(next.versions.filter(({ status }) => status === "serving").map(({ jobId }) => jobId)).toEqual([
            `ftjob-${job}`,
          ]);
          // What served before is the first to be kept beside what serves.
          const before = limit > 1 && next.before ? [next.before.jobId] : [];
          expect(next.versions.map(({ jobId }) => jobId)).toEqual(expect.arrayContaining(before));
          // The same again changes nothing, so that no preview shows a change after its `up`.
          expect(nextVersions(next.versions, trained(job), { ...rule, limit }).versions).toEqual(next.versions);
          versions = next.versions;
        }
      }),
    );
  });
});
