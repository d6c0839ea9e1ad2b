import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { fineTuningJobHandler } from "../../../dynamic-providers/fine-tuning-job/handler";
import type { FineTuningJobArgs, FineTuningJobState } from "../../../dynamic-providers/fine-tuning-job/schema";
import { modelVersionsHandler } from "../../../dynamic-providers/model-versions/handler";
import type { ModelVersionsInputs, ModelVersionsState } from "../../../dynamic-providers/model-versions/schema";
import { trainedModelHandler } from "../../../dynamic-providers/trained-model/handler";
import type { TrainedModelState } from "../../../dynamic-providers/trained-model/schema";
import { eitherWay } from "../../../dynamic-providers/model-versions/either-way";
import { PartialFailure } from "../../../dynamic-providers/runtime/partial-failure";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import type { EvaluationVerdict } from "../../../dynamic-providers/runtime/verdicts";
import type { Context } from "../../../dynamic-providers/runtime/context";
import { chatRows, deploy, rehearse, upload, type Rehearsal } from "../../support/rehearsal";

let rehearsal: Rehearsal;
let training: { fileId: string; sha256: string };
beforeEach(async () => {
  rehearsal = await rehearse({ settings: { trainingSeconds: 10 } });
  training = upload(rehearsal, "training_set-1.jsonl", chatRows(12));
});
afterEach(() => rehearsal.close());

const jobsThere = () => rehearsal.account.dataPlane.jobs.map(({ id }) => id);

/** Trains a model of its own by its seed. */
async function train(seed: number): Promise<{ job: FineTuningJobState; model: TrainedModelState }> {
  const { accountId, location } = rehearsal;
  const args: FineTuningJobArgs = {
    ...{ accountId, location, model: "gpt-4o-mini-2024-07-18", method: "supervised", trainingType: "Standard", seed },
    ...{ trainingFileId: training.fileId, trainingSha256: training.sha256 },
    ...{ project: "finetune", stack: "test", logicalName: "job", register: true },
  };
  const handler = fineTuningJobHandler(rehearsal.newProcess());
  const { inputs } = await handler.check({} as never, args as never);
  const job = (await handler.create(inputs)).outs;
  const waits = { accountId, location, jobId: job.jobId, waitMinutes: 60, wait: true, checkpoint: "last" as const };
  return { job, model: (await trainedModelHandler(rehearsal.newProcess()).create(waits)).outs };
}

function argsFor(
  { job, model }: { job: FineTuningJobState; model: TrainedModelState },
  more: Partial<ModelVersionsInputs> = {},
): ModelVersionsInputs {
  const { accountId, location } = rehearsal;
  return {
    ...{ accountId, location, jobId: job.jobId, trainingKey: job.trainingKey, fineTunedModel: model.fineTunedModel },
    ...{
      job: "job",
      checkpoint: "last",
      base: job.model,
      trainingSha256: job.trainingSha256,
      trainedAt: model.finishedAt,
    },
    ...{ adopted: false, deployed: true, retain: { versions: 2 } },
    ...more,
  } as ModelVersionsInputs;
}

/** As the engine hands it on: through its state file. */
const stored = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T;

/** What an `up` does with the register: check, diff, then create or update. */
async function up(news: ModelVersionsInputs, olds?: ModelVersionsState, process = rehearsal.newProcess()) {
  const handler = modelVersionsHandler(process);
  const { inputs, failures } = await handler.check(olds, stored(news));
  expect(failures).toEqual([]);
  if (!olds) return stored((await handler.create(stored(inputs))).outs!);
  const { changes } = await handler.diff("versions", olds, stored(inputs));
  return changes ? stored((await handler.update("versions", olds, stored(inputs))).outs) : olds;
}

const deleteJob = (process: Context, job: FineTuningJobState) => fineTuningJobHandler(process).delete(job.jobId, job);
const shown = ({ versions }: ModelVersionsState) => versions.map(({ version, status }) => `${version} ${status}`);

describe("a state of an earlier release", () => {
  it.each<[string, (inputs: ModelVersionsInputs) => Promise<ModelVersionsInputs>]>([
    ["a refresh, which compares it with its own inputs", (inputs) => Promise.resolve(inputs)],
    ["an up", async (inputs) => (await modelVersionsHandler(rehearsal.newProcess()).check(inputs, inputs)).inputs],
  ])("has no change in %s", async (_, newsOf) => {
    const { servedFrom: _from, stateVersion: _version, ...inputs } = await up(argsFor(await train(1)));
    const news = stored(await newsOf(inputs));
    const olds = { ...inputs, stateVersion: 1 as const };
    expect(await modelVersionsHandler(rehearsal.newProcess()).diff("versions", olds, news)).toEqual({
      changes: false,
      replaces: [],
    });
  });
});

describe("a job whose resource is replaced", () => {
  it("stays while the register has it, and goes when it is pruned", async () => {
    const [a, b, c] = [await train(1), await train(2), await train(3)];
    let state = await up(argsFor(a));
    for (const [old, next] of [
      [a, b],
      [b, c],
    ] as const) {
      const process = rehearsal.newProcess();
      state = await up(argsFor(next), state, process);
      await deleteJob(process, old.job);
    }
    expect(shown(state)).toEqual(["3 serving", "2 kept"]);
    expect(jobsThere()).toEqual([b.job.jobId, c.job.jobId]);
  });

  it("stays though the run was interrupted before it came to its deletion", async () => {
    const [a, b] = [await train(1), await train(2)];
    const state = await up(argsFor(b), await up(argsFor(a)));
    const next = rehearsal.newProcess();
    await up(argsFor(b), state, next);
    await deleteJob(next, a.job);
    expect(jobsThere()).toContain(a.job.jobId);
  });

  it("goes where one is kept, though the run was interrupted before the register was written", async () => {
    const [a, b] = [await train(1), await train(2)];
    deploy(rehearsal, "serving", a.model.fineTunedModel);
    const one = { retain: { versions: 1 } };
    const process = rehearsal.newProcess();
    const state = await up(argsFor(b, one), await up(argsFor(a, one)), process);
    expect(shown(state)).toEqual(["2 serving"]);
    expect(jobsThere()).toHaveLength(2);
    rehearsal.account.deployments.length = 0;
    await deleteJob(process, a.job);
    expect(jobsThere()).toEqual([b.job.jobId]);
  });

  it("goes where it never came into the register", async () => {
    const [a, b] = [await train(1), await train(2)];
    const process = rehearsal.newProcess();
    await up(argsFor(a), await up(argsFor(a)), process);
    await deleteJob(process, b.job);
    expect(jobsThere()).toEqual([a.job.jobId]);
  });

  it("stays in a run that leaves the register out, and goes where the model is removed from the program", async () => {
    const [a, b] = [await train(1), await train(2)];
    const state = await up(argsFor(b), await up(argsFor(a)));
    const targeted = rehearsal.newProcess();
    targeted.liveIds.sawProgram();
    await deleteJob(targeted, a.job);
    expect(jobsThere()).toHaveLength(2);
    const removing = rehearsal.newProcess();
    removing.liveIds.sawProgram();
    await modelVersionsHandler(removing).delete("versions", state);
    await deleteJob(removing, b.job);
    expect(jobsThere()).toEqual([]);
  });
});

describe("pruning", () => {
  it("spares what another deployment serves, until that is gone", async () => {
    const [a, b] = [await train(1), await train(2)];
    let state = await up(argsFor(b), await up(argsFor(a)));
    deploy(rehearsal, "somebody-else", a.model.fineTunedModel);
    const one = { retain: { versions: 1 } };
    state = await up(argsFor(b, one), state);
    expect(shown(state)).toEqual(["2 serving", "1 kept"]);
    rehearsal.account.deployments.length = 0;
    state = await up(argsFor(b, one), state);
    expect(shown(state)).toEqual(["2 serving"]);
    expect(jobsThere()).toEqual([b.job.jobId]);
  });

  it("is repeated where the run was interrupted before its state was stored", async () => {
    const [a, b] = [await train(1), await train(2)];
    const state = await up(argsFor(b), await up(argsFor(a)));
    const one = argsFor(b, { retain: { versions: 1 } });
    await up(one, state);
    expect(shown(await up(one, state))).toEqual(["2 serving"]);
    expect(jobsThere()).toEqual([b.job.jobId]);
  });

  it.each([
    ["retain.model", { versions: 1, model: true }, false],
    ["an adopted job", { versions: 1 }, true],
  ])("deletes nothing that %s keeps", async (_name, retain, adopted) => {
    const [a, b] = [await train(1), await train(2)];
    const state = await up(argsFor(b), await up(argsFor(a, { adopted })));
    expect(shown(await up(argsFor(b, { retain }), state))).toEqual(["2 serving"]);
    expect(jobsThere()).toHaveLength(2);
  });
});

describe("a destroy of a stack without a deployment, which has no probe", () => {
  const withProjects = (...names: string[]) => {
    const times = { createdAt: 0, updatedAt: 0, createdBy: "test", updatedBy: "test" };
    const projects = names.map((name) => ({ name, properties: {}, ...times }));
    Object.assign(rehearsal.account, { kind: "AIServices", projects });
  };
  const destroy = (state: ModelVersionsState) =>
    modelVersionsHandler(rehearsal.newProcess()).delete("versions", stored(state));
  const made = async (more: Partial<ModelVersionsInputs>) => up(argsFor(await train(1), { deployed: false, ...more }));

  it("stops before its first delete while projects of others are there: the model can't be had again", async () => {
    const state = await made({ ownProject: "Tutor" });
    withProjects("tutor", "search");
    await expect(destroy(state)).rejects.toThrow(
      /^The account Tuning still has projects that do not belong to this stack: search\. Nothing has been deleted\./,
    );
    expect(jobsThere()).toEqual([state.jobId]);
    withProjects("tutor");
    await expect(destroy(state)).resolves.toBeUndefined();
  });

  it("knows of no project of its own where there is none", async () => {
    const state = await made({ ownProject: "" });
    withProjects("search");
    await expect(destroy(state)).rejects.toThrow(/: search\. Nothing has been deleted/);
  });

  it.each<[string, Partial<ModelVersionsInputs>]>([
    ["whose state is of an earlier version and doesn't tell its project", {}],
    ["which has a probe after all", { deployed: true, ownProject: "" }],
    ["in an account of others", { owner: "finetune/test", ownProject: "" }],
  ])("passes one %s", async (_name, more) => {
    const state = await made(more);
    withProjects("search");
    await expect(destroy(state)).resolves.toBeUndefined();
  });

  it("takes another project for a change, and the first word of it for none", async () => {
    const state = await made({});
    const diff = async (before: object, now: object) =>
      (await modelVersionsHandler(rehearsal.newProcess()).diff("", { ...state, ...before }, { ...state, ...now }))
        .changes;
    expect(await diff({}, { ownProject: "" })).toBe(false);
    expect(await diff({ ownProject: "" }, { ownProject: "tutor" })).toBe(true);
    expect(await diff({ ownProject: "tutor" }, {})).toBe(true);
  });
});

it("destroy deletes every version, again after an interruption, and leaves the newest to its own resource", async () => {
  const [a, b] = [await train(1), await train(2)];
  const state = await up(argsFor(b), await up(argsFor(a)));
  for (const _ of [1, 2]) await modelVersionsHandler(rehearsal.newProcess()).delete("versions", state);
  expect(jobsThere()).toEqual([b.job.jobId]);
  await deleteJob(rehearsal.newProcess(), b.job);
  expect(rehearsal.account.dataPlane).toMatchObject({ jobs: [] });
});

it("a pinned version that is not there fails the check with the list", async () => {
  const a = await train(1);
  const { failures } = await modelVersionsHandler(rehearsal.newProcess()).check({}, argsFor(a, { pin: 4 }));
  expect(failures).toEqual([
    { property: "pin", reason: expect.stringContaining(`Its versions are 1 (${a.job.jobId})`) },
  ]);
});

describe("a model that is evaluated", () => {
  const verdict = (passed: boolean): EvaluationVerdict => ({
    ...{ passed, reasons: passed ? [] : ["its mean score is 0.41, below `evaluation.minScore` 0.6"] },
    ...{ summary: "0.41 on 48 cases", key: passed ? "p" : "r", evaluatedAt: 1 },
  });
  const evaluated = (made: Parameters<typeof argsFor>[0], passed: boolean, more: Partial<ModelVersionsInputs> = {}) =>
    argsFor(made, { evaluation: verdict(passed), ...more });
  const evaluates = (made: Parameters<typeof argsFor>[0], more: Partial<ModelVersionsInputs> = {}) =>
    argsFor(made, { evaluation: UNKNOWN as never, ...more });

  it("is entered as rejected where it did not pass: what served goes on, and its job stays", async () => {
    const [a, b, c] = [await train(1), await train(2), await train(3)];
    const process = rehearsal.newProcess();
    const after = await up(evaluated(b, false), await up(evaluated(a, true)), process);
    await deleteJob(process, a.job);
    expect(shown(after)).toEqual(["2 rejected", "1 serving"]);
    expect(after).toMatchObject({ servedModel: a.model.fineTunedModel, servedKey: a.job.trainingKey });
    expect(after.rejected).toContain("Version 2");
    expect(after.versions[0]!.evaluation).toEqual(verdict(false));
    expect(jobsThere()).toHaveLength(3);
    expect(await up(evaluated(b, false), after)).toEqual(after);
    const right = await up(evaluated(c, true, { retain: { versions: 3 } }), after);
    expect(shown(right)).toEqual(["3 serving", "2 rejected", "1 kept"]);
    expect(right.rejected).toBe("");
  });

  it("leaves a stack without any version that may serve undeployed, with the figures, and is entered", async () => {
    const a = await train(1);
    const handler = modelVersionsHandler(rehearsal.newProcess());
    const { inputs } = await handler.check(undefined, evaluated(a, false));
    const failure = (await handler.create(inputs).catch((error: unknown) => error)) as PartialFailure;
    expect(failure).toBeInstanceOf(PartialFailure);
    expect(failure.message).toMatch(/^Version 1 .* did not pass its evaluation: its mean score is 0\.41/);
    const state = stored(failure.properties) as unknown as ModelVersionsState;
    expect(shown(state)).toEqual(["1 rejected"]);
    // Known from then on: the preview stops with it, until the model passes.
    await expect(handler.diff("versions", state, inputs)).rejects.toThrow(failure.message);
    expect(shown(await up(evaluated(a, true), state))).toEqual(["1 serving"]);
    const b = await train(2);
    expect(shown(await up(evaluated(b, true), state))).toEqual(["2 serving", "1 rejected"]);
  });

  it.each<[string, string, unknown]>([
    ["a checkpoint", "m.ft-1:ckpt-step-40", 40],
    ["the last one", "m.ft-1", "last"],
    ["none yet", UNKNOWN, UNKNOWN],
  ])(
    "deploy.checkpoint evaluated has chosen %s: the version has that checkpoint",
    async (_, fineTunedModel, checkpoint) => {
      const a = await train(1);
      const { check } = modelVersionsHandler(rehearsal.newProcess());
      const { inputs } = await check(undefined, evaluated(a, true, { checkpoint: "evaluated", fineTunedModel }));
      expect(inputs).toMatchObject({ servedModel: fineTunedModel, servedCheckpoint: checkpoint });
      expect(inputs.versions[0]).toMatchObject({ fineTunedModel, checkpoint });
    },
  );

  it("is named in a preview by what holds either way, which is what `up` then keeps to", async () => {
    const [a, b] = [await train(1), await train(2)];
    const before = await up(evaluated(a, true));
    const { inputs: said } = await modelVersionsHandler(rehearsal.newProcess()).check(before, evaluates(b));
    expect(shown(said as ModelVersionsState)).toEqual([`2 ${UNKNOWN}`, `1 ${UNKNOWN}`]);
    expect(said).toMatchObject({
      servedModel: UNKNOWN,
      servedKey: UNKNOWN,
      servedCheckpoint: "last",
      rejected: UNKNOWN,
    });
    for (const passed of [true, false]) {
      const { inputs: done } = await modelVersionsHandler(rehearsal.newProcess()).check(before, evaluated(b, passed));
      expect(eitherWay(said, done)).toEqual(said);
    }
  });

  it("that another stack has trained is judged likewise: the account that has what serves follows the verdict", async () => {
    const there = `${rehearsal.accountId}x`;
    const promotedFrom = { stack: "dev", version: 5, accountId: there };
    const [a, b] = [await train(1), await train(2)];
    const before = await up(evaluated(a, true));
    const check = async (news: ModelVersionsInputs) =>
      (await modelVersionsHandler(rehearsal.newProcess()).check(before, news)).inputs;
    const said = await check(evaluates(b, { promotedFrom }));
    expect(said).toMatchObject({ servedModel: UNKNOWN, servedFrom: UNKNOWN, rejected: UNKNOWN });
    const done = {
      passed: await check(evaluated(b, true, { promotedFrom })),
      failed: await check(evaluated(b, false, { promotedFrom })),
    };
    expect(done).toMatchObject({
      passed: { servedModel: b.model.fineTunedModel, servedFrom: there, rejected: "" },
      failed: {
        servedModel: a.model.fineTunedModel,
        servedFrom: "",
        rejected: expect.stringContaining("of dev") as unknown,
      },
    });
    for (const one of Object.values(done)) expect(eitherWay(said, one)).toEqual(said);
  });

  it("keeps the list unknown where it depends on the verdict, and stays itself where it serves", async () => {
    const [a, b] = [await train(1), await train(2)];
    const before = await up(evaluated(a, true));
    const check = (news: ModelVersionsInputs) => modelVersionsHandler(rehearsal.newProcess()).check(before, news);
    const one = { retain: { versions: 1 } };
    expect((await check(evaluates(b, one))).inputs).toMatchObject({ versions: UNKNOWN });
    // Other cases for the model that serves: it goes on, whatever comes of them.
    expect((await check(evaluates(a))).inputs).toMatchObject({
      servedModel: a.model.fineTunedModel,
      rejected: UNKNOWN,
    });
  });

  it("is known where the evaluation's diff has told the verdict", async () => {
    const [a, b] = [await train(1), await train(2)];
    const before = await up(evaluated(a, true));
    const process = rehearsal.newProcess();
    process.verdicts.know("job", { ...verdict(false), model: b.model.fineTunedModel });
    const { inputs } = await modelVersionsHandler(process).check(before, evaluates(b));
    expect(shown(inputs as ModelVersionsState)).toEqual(["2 rejected", "1 serving"]);
  });

  it("serves nothing that did not pass, though `deploy.version` names it; with another version the run is well", async () => {
    const [a, b] = [await train(1), await train(2)];
    const before = await up(evaluated(b, false), await up(evaluated(a, true)));
    const { failures } = await modelVersionsHandler(rehearsal.newProcess()).check(
      before,
      evaluated(b, false, { pin: 2 }),
    );
    expect(failures).toEqual([
      {
        property: "pin",
        reason: expect.stringContaining(
          "`deploy.version` is 2, but version 2 did not pass when it was last judged, by the limits set then: its mean",
        ),
      },
    ]);
    expect(await up(evaluated(b, false, { pin: 1 }), before)).toMatchObject({ rejected: "" });
  });

  it("keeps one that `deploy.gate` refused while another is pinned, as it is told by the model's own resource", async () => {
    const [a, b] = [await train(1), await train(2)];
    const before = await up(argsFor(a));
    const pinned = argsFor(b, { pin: 1, gated: true });
    const told = (why: string) => {
      const process = rehearsal.newProcess();
      process.register.judge(b.job.trainingKey, why);
      return process;
    };
    const { inputs: said } = await modelVersionsHandler(rehearsal.newProcess()).check(before, {
      ...pinned,
      ...{ jobId: UNKNOWN, fineTunedModel: UNKNOWN },
    });
    expect(shown(said as ModelVersionsState)).toEqual([`2 ${UNKNOWN}`, "1 serving"]);
    const refused = await up(
      pinned,
      before,
      told("`deploy.gate` refused it: its loss is 4, above maxValidationLoss 1"),
    );
    expect(shown(refused)).toEqual(["2 rejected", "1 serving"]);
    expect(refused.rejected).toBe("");
    // A run that leaves the model out hears nothing, and takes nothing back.
    expect(await up(pinned, refused)).toEqual(refused);
    const { failures } = await modelVersionsHandler(told("its loss is 4")).check(refused, { ...pinned, pin: 2 });
    expect(failures).toEqual([
      { property: "pin", reason: expect.stringContaining("by the limits set then: its loss is 4") },
    ]);
    expect(shown(await up(pinned, refused, told("")))).toEqual(["2 kept", "1 serving"]);
  });
});
